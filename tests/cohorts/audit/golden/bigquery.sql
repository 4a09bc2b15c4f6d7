-- tcia-policy audit: which series, in which group, how often; known series are counted by what IDC v25 says of them.
-- Save the answer as Parquet or CSV, and then:
-- tcia-policy audit RESULT.parquet --by 'training set' --column SeriesInstanceUID --count n
with idc as (
  select
    SeriesInstanceUID as idc_series_uid,
    any_value(source_DOI) as idc_source_doi,
    any_value(license_short_name) as idc_license,
    any_value(collection_id) as idc_collection
  from `bigquery-public-data.idc_v25.dicom_all`
  group by SeriesInstanceUID
),
used as (
  select
    trim(cast(`SeriesInstanceUID` as string)) as series_uid,
    cast(`training set` as string) as in_group,
    count(*) as n
  from `my-project`.`lake`.`images`
  group by 1, 2
)
select
  case when idc_series_uid is null then series_uid end as `SeriesInstanceUID`,
  in_group as `training set`,
  idc_source_doi,
  idc_license,
  idc_collection,
  case when idc_series_uid is null then null else 'v25' end as idc_version,
  count(distinct idc_series_uid) as idc_series,
  sum(n) as n
from used
left join idc on series_uid = idc_series_uid
group by 1, 2, 3, 4, 5, 6
