select string_agg(
	format('select %L || count(*) as line from only %s', concat_ws(chr(9), 'rows', nspname || '.' || relname, ''), class.oid::regclass),
	' union all ' order by nspname, relname) as statement
from pg_class as class join pg_namespace as space on space.oid = relnamespace
where relkind = 'r' and nspname !~ '^pg_' and nspname <> 'information_schema'
	and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = class.oid and deptype = 'e')
