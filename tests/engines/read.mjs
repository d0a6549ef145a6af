// Reads iCalendar files with ical.js: names on standard input as JSON, events on standard output.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const two = (n) => String(n).padStart(2, "0");
const written = (t) =>
  `${t.year}-${two(t.month)}-${two(t.day)}` + (t.isDate ? "" : `T${two(t.hour)}:${two(t.minute)}`);

const calendars = JSON.parse(readFileSync(0, "utf8")).map((name) => {
  const root = new ICAL.Component(ICAL.parse(readFileSync(name, "utf8")));
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return root.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const instances = [];
    if (event.isRecurring()) {
      const iterator = event.iterator();
      for (let next = iterator.next(); next && instances.length < 1000; next = iterator.next()) {
        instances.push(written(next));
      }
    }
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description ?? "",
      location: event.location ?? "",
      first: written(event.startDate),
      last: written(event.endDate),
      instances,
    };
  });
});
process.stdout.write(JSON.stringify(calendars));
