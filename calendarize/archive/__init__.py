"""An archive: what a great many documents tell, kept in Parquet files and asked with SQL.

```
places ──▶ ingest ──▶ engines (reading) ──▶ store ──▶ query ──▶ export/
```

`places` finds files and says what stands in them (their stamps), `reading` makes rows of one
file, `engines` do so in processes here or on a Dask cluster, `ingest` reads what is new, `store`
keeps rows and commits them, `query` finds events again. Nothing here reads dates.
"""
