-- select 1
SELECT TOP (501) 1 AS [column_1];

-- table orders
SELECT TOP (501) [orders].[id] AS [id], [orders].[customer_id] AS [customer_id], CONVERT(varchar(64), [orders].[total], 2) AS [total], (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], [orders].[placed_on] AS [placed_on], [orders].[shipped_at] AS [shipped_at], [orders].[paid] AS [paid] FROM [orders] AS [orders];

-- select * from orders
SELECT TOP (501) [orders].[id] AS [id], [orders].[customer_id] AS [customer_id], CONVERT(varchar(64), [orders].[total], 2) AS [total], (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], [orders].[placed_on] AS [placed_on], [orders].[shipped_at] AS [shipped_at], [orders].[paid] AS [paid] FROM [orders] AS [orders];

-- SELECT o.* FROM orders o LIMIT 5
SELECT TOP (5) [o].[id] AS [id], [o].[customer_id] AS [customer_id], CONVERT(varchar(64), [o].[total], 2) AS [total], (([o].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], [o].[placed_on] AS [placed_on], [o].[shipped_at] AS [shipped_at], [o].[paid] AS [paid] FROM [orders] AS [o];

-- select id, name as "Nombre €", city as "select" from customers order by id
SELECT TOP (501) [customers].[id] AS [id], (([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [Nombre €], (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [select] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select count(*) from orders
SELECT TOP (501) COUNT_BIG(*) AS [count] FROM [orders] AS [orders];

-- select count(*) as "n" from orders where paid
SELECT TOP (501) COUNT_BIG(*) AS [n] FROM [orders] AS [orders] WHERE ([orders].[paid] = 1);

-- select count(distinct city) from customers
SELECT TOP (501) COUNT_BIG(DISTINCT (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2)) AS [count] FROM [customers] AS [customers];

-- select count(*) from orders where paid is not true
SELECT TOP (501) COUNT_BIG(*) AS [count] FROM [orders] AS [orders] WHERE (CASE WHEN ([orders].[paid] = 1) THEN 1 WHEN NOT ([orders].[paid] = 1) THEN 0 ELSE 2 END <> 1);

-- select count(*) from orders where paid = false
SELECT TOP (501) COUNT_BIG(*) AS [count] FROM [orders] AS [orders] WHERE ([orders].[paid] = CAST(0 AS bit));

-- select sum(total) from orders where currency = 'EUR'
SELECT TOP (501) CONVERT(varchar(64), SUM([orders].[total]), 2) AS [sum] FROM [orders] AS [orders] WHERE ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR');

-- select avg(total), min(total), max(total) from orders
SELECT TOP (501) CONVERT(varchar(64), AVG(CAST([orders].[total] AS decimal(38, 10))), 2) AS [avg], CONVERT(varchar(64), MIN([orders].[total]), 2) AS [min], CONVERT(varchar(64), MAX([orders].[total]), 2) AS [max] FROM [orders] AS [orders];

-- select currency, sum(total) as total from orders group by currency order by total desc
SELECT TOP (501) (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], CONVERT(varchar(64), SUM([orders].[total]), 2) AS [total] FROM [orders] AS [orders] GROUP BY (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN SUM([orders].[total]) IS NULL THEN 0 ELSE 1 END, SUM([orders].[total]) DESC;

-- select currency, sum(total) from orders group by 1 order by 2
SELECT TOP (501) (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], CONVERT(varchar(64), SUM([orders].[total]), 2) AS [sum] FROM [orders] AS [orders] GROUP BY (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN SUM([orders].[total]) IS NULL THEN 1 ELSE 0 END, SUM([orders].[total]) ASC;

-- select city, count(*) as n from customers group by city having count(*) > 1 order by n desc, city
SELECT TOP (501) (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city], COUNT_BIG(*) AS [n] FROM [customers] AS [customers] GROUP BY (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) HAVING (COUNT_BIG(*) > 1) ORDER BY CASE WHEN COUNT_BIG(*) IS NULL THEN 0 ELSE 1 END, COUNT_BIG(*) DESC, CASE WHEN (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- select city from customers where city is not null group by city order by city
SELECT TOP (501) (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city] FROM [customers] AS [customers] WHERE ((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) IS NOT NULL) GROUP BY (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- select coalesce(city, 'sin ciudad') as place, count(*) from customers group by coalesce(city, 'sin ciudad') order by 1
SELECT TOP (501) COALESCE((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2), N'sin ciudad') AS [place], COUNT_BIG(*) AS [count] FROM [customers] AS [customers] GROUP BY COALESCE((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2), N'sin ciudad') ORDER BY CASE WHEN COALESCE((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2), N'sin ciudad') IS NULL THEN 1 ELSE 0 END, COALESCE((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2), N'sin ciudad') ASC;

-- select o.id, c.name from orders o join customers c on c.id = o.customer_id order by o.id
SELECT TOP (501) [o].[id] AS [id], (([c].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [name] FROM [orders] AS [o] INNER JOIN [customers] AS [c] ON ([c].[id] = [o].[customer_id]) ORDER BY CASE WHEN [o].[id] IS NULL THEN 1 ELSE 0 END, [o].[id] ASC;

-- select o.id, c.name from orders o left join customers c on c.id = o.customer_id where c.city = 'Valencia' order by o.id
SELECT TOP (501) [o].[id] AS [id], (([c].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [name] FROM [orders] AS [o] LEFT JOIN [customers] AS [c] ON ([c].[id] = [o].[customer_id]) WHERE ((([c].[city] + N'') COLLATE Latin1_General_100_BIN2) = N'Valencia') ORDER BY CASE WHEN [o].[id] IS NULL THEN 1 ELSE 0 END, [o].[id] ASC;

-- select c.name, o.id from orders o right join customers c on c.id = o.customer_id order by c.id, o.id
SELECT TOP (501) (([c].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [name], [o].[id] AS [id] FROM [orders] AS [o] RIGHT JOIN [customers] AS [c] ON ([c].[id] = [o].[customer_id]) ORDER BY CASE WHEN [c].[id] IS NULL THEN 1 ELSE 0 END, [c].[id] ASC, CASE WHEN [o].[id] IS NULL THEN 1 ELSE 0 END, [o].[id] ASC;

-- select count(*) from customers c, order_lines l right join orders o on o.id = l.order_id and l.line > 90
SELECT TOP (501) COUNT_BIG(*) AS [count] FROM [customers] AS [c] CROSS JOIN ([order_lines] AS [l] RIGHT JOIN [orders] AS [o] ON (([o].[id] = [l].[order_id]) AND ([l].[line] > 90)));

-- select c.id, c.name from customers c where not exists (select 1 from orders o where o.customer_id = c.id) order by c.id
SELECT TOP (501) [c].[id] AS [id], (([c].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [name] FROM [customers] AS [c] WHERE (NOT (EXISTS (SELECT 1 AS [column_1] FROM [orders] AS [o] WHERE ([o].[customer_id] = [c].[id])))) ORDER BY CASE WHEN [c].[id] IS NULL THEN 1 ELSE 0 END, [c].[id] ASC;

-- select id from customers where id in (select customer_id from orders where total > 500) order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ([customers].[id] IN (SELECT [orders].[customer_id] AS [customer_id] FROM [orders] AS [orders] WHERE ([orders].[total] > 500))) ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where id not in (select customer_id from orders) order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE (NOT ([customers].[id] IN (SELECT [orders].[customer_id] AS [customer_id] FROM [orders] AS [orders]))) ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from orders where total > (select avg(total) from orders) order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE ([orders].[total] > (SELECT AVG(CAST([orders].[total] AS decimal(38, 10))) AS [avg] FROM [orders] AS [orders])) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, total from orders order by total desc nulls last, id limit 3
SELECT TOP (3) [orders].[id] AS [id], CONVERT(varchar(64), [orders].[total], 2) AS [total] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[total] IS NULL THEN 1 ELSE 0 END, [orders].[total] DESC, CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, total from orders order by total nulls first, id limit 10 offset 5
SELECT [orders].[id] AS [id], CONVERT(varchar(64), [orders].[total], 2) AS [total] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[total] IS NULL THEN 0 ELSE 1 END, [orders].[total] ASC, CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY;

-- select id from orders where placed_on >= '2025-03-01' and placed_on < '2025-06-01' order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE (([orders].[placed_on] >= CAST('2025-03-01' AS date)) AND ([orders].[placed_on] < CAST('2025-06-01' AS date))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where placed_on between '2025-01-01' and '2025-06-30' order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE ([orders].[placed_on] BETWEEN CAST('2025-01-01' AS date) AND CAST('2025-06-30' AS date)) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where shipped_at between date '2025-01-01' and timestamp '2025-06-30 12:00' order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE ([orders].[shipped_at] BETWEEN CAST('2025-01-01 00:00:00' AS datetime2(0)) AND CAST('2025-06-30 12:00:00' AS datetime2(0))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where placed_on > current_date - interval '3 months' order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE (CAST([orders].[placed_on] AS datetime2(0)) > DATEADD(MONTH, (- 3), CAST('2025-12-31 00:00:00' AS datetime2(0)))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where shipped_at >= now() - interval '30 days' order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE ([orders].[shipped_at] >= DATEADD(DAY, (- 30), CAST('2025-12-31 18:30:00' AS datetime2(0)))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where placed_on > current_date - 90 order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE ([orders].[placed_on] > DATEADD(DAY, (- 90), CAST('2025-12-31' AS date))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, placed_on + 7 as due, placed_on + interval '1 month' as paid_by from orders order by id
SELECT TOP (501) [orders].[id] AS [id], DATEADD(DAY, 7, [orders].[placed_on]) AS [due], DATEADD(MONTH, 1, CAST([orders].[placed_on] AS datetime2(0))) AS [paid_by] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, current_date - placed_on as days from orders order by id
SELECT TOP (501) [orders].[id] AS [id], DATEDIFF(day, [orders].[placed_on], CAST('2025-12-31' AS date)) AS [days] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select avg(current_date - placed_on) from orders
SELECT TOP (501) CONVERT(varchar(64), AVG(CAST(DATEDIFF(day, [orders].[placed_on], CAST('2025-12-31' AS date)) AS decimal(38, 10))), 2) AS [avg] FROM [orders] AS [orders];

-- select extract(year from placed_on) as y, extract(month from placed_on) as m, count(*) from orders group by 1, 2 order by 1, 2
SELECT TOP (501) DATEPART(year, [orders].[placed_on]) AS [y], DATEPART(month, [orders].[placed_on]) AS [m], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY DATEPART(year, [orders].[placed_on]), DATEPART(month, [orders].[placed_on]) ORDER BY CASE WHEN DATEPART(year, [orders].[placed_on]) IS NULL THEN 1 ELSE 0 END, DATEPART(year, [orders].[placed_on]) ASC, CASE WHEN DATEPART(month, [orders].[placed_on]) IS NULL THEN 1 ELSE 0 END, DATEPART(month, [orders].[placed_on]) ASC;

-- select date_trunc('month', placed_on) as m, sum(total) from orders group by 1 order by 1
SELECT TOP (501) CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), MONTH(CAST([orders].[placed_on] AS datetime2(0))), 1) AS datetime2(0)) AS [m], CONVERT(varchar(64), SUM([orders].[total]), 2) AS [sum] FROM [orders] AS [orders] GROUP BY CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), MONTH(CAST([orders].[placed_on] AS datetime2(0))), 1) AS datetime2(0)) ORDER BY CASE WHEN CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), MONTH(CAST([orders].[placed_on] AS datetime2(0))), 1) AS datetime2(0)) IS NULL THEN 1 ELSE 0 END, CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), MONTH(CAST([orders].[placed_on] AS datetime2(0))), 1) AS datetime2(0)) ASC;

-- select date_trunc('week', shipped_at) as w, count(*) from orders group by 1 order by 1
SELECT TOP (501) DATEADD(day, -(DATEDIFF(day, CAST('0001-01-01' AS date), [orders].[shipped_at]) % 7), CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0))) AS [w], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY DATEADD(day, -(DATEDIFF(day, CAST('0001-01-01' AS date), [orders].[shipped_at]) % 7), CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0))) ORDER BY CASE WHEN DATEADD(day, -(DATEDIFF(day, CAST('0001-01-01' AS date), [orders].[shipped_at]) % 7), CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0))) IS NULL THEN 1 ELSE 0 END, DATEADD(day, -(DATEDIFF(day, CAST('0001-01-01' AS date), [orders].[shipped_at]) % 7), CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0))) ASC;

-- select date_trunc('quarter', placed_on), count(*) from orders group by 1 order by 1
SELECT TOP (501) CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), DATEPART(quarter, CAST([orders].[placed_on] AS datetime2(0))) * 3 - 2, 1) AS datetime2(0)) AS [date_trunc], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), DATEPART(quarter, CAST([orders].[placed_on] AS datetime2(0))) * 3 - 2, 1) AS datetime2(0)) ORDER BY CASE WHEN CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), DATEPART(quarter, CAST([orders].[placed_on] AS datetime2(0))) * 3 - 2, 1) AS datetime2(0)) IS NULL THEN 1 ELSE 0 END, CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), DATEPART(quarter, CAST([orders].[placed_on] AS datetime2(0))) * 3 - 2, 1) AS datetime2(0)) ASC;

-- select date_trunc('hour', shipped_at) as h, date_trunc('minute', shipped_at), date_trunc('day', shipped_at), date_trunc('year', shipped_at) from orders order by id
SELECT TOP (501) DATEADD(hour, DATEPART(hour, [orders].[shipped_at]), CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0))) AS [h], DATEADD(minute, DATEPART(hour, [orders].[shipped_at]) * 60 + DATEPART(minute, [orders].[shipped_at]), CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0))) AS [date_trunc], CAST(CAST([orders].[shipped_at] AS date) AS datetime2(0)) AS [date_trunc], CAST(DATEFROMPARTS(YEAR([orders].[shipped_at]), 1, 1) AS datetime2(0)) AS [date_trunc] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select to_char(placed_on, 'YYYY-MM') as month, count(*) from orders group by 1 order by 1
SELECT TOP (501) FORMAT([orders].[placed_on], N'yyyy-MM', N'en-US') AS [month], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY FORMAT([orders].[placed_on], N'yyyy-MM', N'en-US') ORDER BY CASE WHEN FORMAT([orders].[placed_on], N'yyyy-MM', N'en-US') IS NULL THEN 1 ELSE 0 END, FORMAT([orders].[placed_on], N'yyyy-MM', N'en-US') ASC;

-- select to_char(shipped_at, 'DD/MM/YYYY HH24:MI:SS') from orders order by id
SELECT TOP (501) FORMAT([orders].[shipped_at], N'dd/MM/yyyy HH:mm:ss', N'en-US') AS [to_char] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select extract(dow from placed_on), extract(isodow from placed_on), extract(doy from placed_on), extract(week from placed_on), extract(quarter from placed_on), extract(day from placed_on) from orders order by id
SELECT TOP (501) (((DATEDIFF(day, CAST('0001-01-01' AS date), [orders].[placed_on]) % 7) + 1) % 7) AS [extract], ((DATEDIFF(day, CAST('0001-01-01' AS date), [orders].[placed_on]) % 7) + 1) AS [extract], DATEPART(dayofyear, [orders].[placed_on]) AS [extract], DATEPART(ISO_WEEK, [orders].[placed_on]) AS [extract], DATEPART(quarter, [orders].[placed_on]) AS [extract], DATEPART(day, [orders].[placed_on]) AS [extract] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select date_part('hour', shipped_at), extract(minute from shipped_at) from orders order by id
SELECT TOP (501) DATEPART(hour, [orders].[shipped_at]) AS [date_part], DATEPART(minute, [orders].[shipped_at]) AS [extract] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select extract(year from current_date) - extract(year from since) as years from customers order by id
SELECT TOP (501) (DATEPART(year, CAST('2025-12-31' AS date)) - DATEPART(year, [customers].[since])) AS [years] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name like 'A%' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) LIKE N'A%' ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name ilike '%íñ%' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE (LOWER((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) LIKE LOWER(N'%íñ%') ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name ilike 'an_' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE (LOWER((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) LIKE LOWER(N'an_') ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name not ilike 'ana' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE (LOWER((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) NOT LIKE LOWER(N'ana') ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name like '%!%' escape '!' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) LIKE N'%!%' ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name like '%100!%%' escape '!' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) LIKE N'%100!%%' ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name like '%[c%' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) LIKE N'%![c%' ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name like '%\_score' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) LIKE N'%!_score' ESCAPE '!') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where lower(name) = 'ana' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE (LOWER((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) = N'ana') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select lower(name), upper(city), length(name), trim(name) from customers order by id
SELECT TOP (501) LOWER((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) AS [lower], UPPER((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2)) AS [upper], (LEN((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) + N'x') - 1) AS [length], TRIM((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) AS [btrim] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where name = 'O''Brien'
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) = N'O''Brien');

-- select id from customers where city = 'valencia' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) = N'valencia') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where city in ('Valencia', 'Álava') order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) IN (N'Valencia', N'Álava')) ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where city not in ('Valencia', 'Álava') order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) NOT IN (N'Valencia', N'Álava')) ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where city = any (array['Valencia', 'Zaragoza']) order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) IN (N'Valencia', N'Zaragoza')) ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select id from customers where city <> all (array['Valencia', 'Zaragoza']) order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) NOT IN (N'Valencia', N'Zaragoza')) ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select name || ' (' || city || ')' as label from customers order by id
SELECT TOP (501) ((((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) + N' (') + (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2)) + N')') AS [label] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select concat(name, ' - ', city, ' #', id) from customers order by id
SELECT TOP (501) ((((COALESCE((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2), N'') + COALESCE(N' - ', N'')) + COALESCE((([customers].[city] + N'') COLLATE Latin1_General_100_BIN2), N'')) + COALESCE(N' #', N'')) + COALESCE(CAST([customers].[id] AS nvarchar(20)), N'')) AS [concat] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select 'pedido ' || id from orders order by id
SELECT TOP (501) (N'pedido ' + CAST([orders].[id] AS nvarchar(20))) AS [column_1] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select left(name, 2), right(name, 3), substring(name from 2 for 3), substring(name, 2), replace(name, 'a', 'o'), position('a' in name) from customers order by id
SELECT TOP (501) LEFT((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2), 2) AS [left], RIGHT((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2), 3) AS [right], SUBSTRING((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2), 2, 3) AS [substring], SUBSTRING((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2), 2, 2147483647) AS [substring], REPLACE((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2), N'a', N'o') AS [replace], CHARINDEX(N'a', (([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) AS [position] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select product, sum(quantity * price) as revenue from order_lines group by product order by revenue desc
SELECT TOP (501) (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product], CONVERT(varchar(64), SUM(([order_lines].[quantity] * [order_lines].[price])), 2) AS [revenue] FROM [order_lines] AS [order_lines] GROUP BY (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN SUM(([order_lines].[quantity] * [order_lines].[price])) IS NULL THEN 0 ELSE 1 END, SUM(([order_lines].[quantity] * [order_lines].[price])) DESC;

-- select product, sum(quantity * price * (1 - discount)) from order_lines group by product order by product
SELECT TOP (501) (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product], SUM((([order_lines].[quantity] * [order_lines].[price]) * (1 - [order_lines].[discount]))) AS [sum] FROM [order_lines] AS [order_lines] GROUP BY (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- select round(avg(total), 2), round(sum(total)), ceil(avg(total)), floor(avg(total)), abs(min(total) - 50) from orders
SELECT TOP (501) CONVERT(varchar(64), CAST(AVG(CAST([orders].[total] AS decimal(38, 10))) AS decimal(38, 2)), 2) AS [round], CONVERT(varchar(64), CAST(SUM([orders].[total]) AS decimal(38, 0)), 2) AS [round], CONVERT(varchar(64), CEILING(AVG(CAST([orders].[total] AS decimal(38, 10)))), 2) AS [ceil], CONVERT(varchar(64), FLOOR(AVG(CAST([orders].[total] AS decimal(38, 10)))), 2) AS [floor], CONVERT(varchar(64), ABS((CAST(MIN([orders].[total]) AS decimal(28, 10)) - CAST(50 AS decimal(28, 10)))), 2) AS [abs] FROM [orders] AS [orders];

-- select sum(total) / count(*) as mean from orders
SELECT TOP (501) CONVERT(varchar(64), (CAST(SUM([orders].[total]) AS decimal(28, 10)) / NULLIF(COUNT_BIG(*), 0)), 2) AS [mean] FROM [orders] AS [orders];

-- select round(100.0 * sum(case when paid then 1 else 0 end) / count(*), 1) as share from orders
SELECT TOP (501) CONVERT(varchar(64), CAST((CAST((100.0 * SUM(CAST(CASE WHEN ([orders].[paid] = 1) THEN 1 ELSE 0 END AS bigint))) AS decimal(28, 10)) / NULLIF(COUNT_BIG(*), 0)) AS decimal(38, 1)), 2) AS [share] FROM [orders] AS [orders];

-- select count(*) filter (where paid) as paid, count(*) filter (where not paid) as open, sum(total) filter (where currency = 'USD') as usd from orders
SELECT TOP (501) COUNT_BIG(CASE WHEN ([orders].[paid] = 1) THEN 1 END) AS [paid], COUNT_BIG(CASE WHEN (NOT ([orders].[paid] = 1)) THEN 1 END) AS [open], CONVERT(varchar(64), SUM(CASE WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'USD') THEN [orders].[total] END), 2) AS [usd] FROM [orders] AS [orders];

-- select 7 / 2 as half, 7 % 3 as rest, mod(17, 5) as m, id / 0 as none from orders order by id limit 1
SELECT TOP (1) CONVERT(varchar(64), (CAST(CAST(7 AS decimal(38, 10)) AS decimal(28, 10)) / 2), 2) AS [half], (7 % 3) AS [rest], (17 % 5) AS [m], CONVERT(varchar(64), (CAST(CAST([orders].[id] AS decimal(38, 10)) AS decimal(28, 10)) / NULLIF(0, 0)), 2) AS [none] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select case when total > 500 then 'high' when total > 100 then 'middle' else 'low' end as class, count(*) from orders group by 1 order by 1
SELECT TOP (501) CASE WHEN ([orders].[total] > 500) THEN N'high' WHEN ([orders].[total] > 100) THEN N'middle' ELSE N'low' END AS [class], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY CASE WHEN ([orders].[total] > 500) THEN N'high' WHEN ([orders].[total] > 100) THEN N'middle' ELSE N'low' END ORDER BY CASE WHEN CASE WHEN ([orders].[total] > 500) THEN N'high' WHEN ([orders].[total] > 100) THEN N'middle' ELSE N'low' END IS NULL THEN 1 ELSE 0 END, CASE WHEN ([orders].[total] > 500) THEN N'high' WHEN ([orders].[total] > 100) THEN N'middle' ELSE N'low' END ASC;

-- select case currency when 'EUR' then '€' when 'USD' then '$' end as sign, count(*) from orders group by 1 order by 1
SELECT TOP (501) CASE WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') THEN N'€' WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'USD') THEN N'$' END AS [sign], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY CASE WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') THEN N'€' WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'USD') THEN N'$' END ORDER BY CASE WHEN CASE WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') THEN N'€' WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'USD') THEN N'$' END IS NULL THEN 1 ELSE 0 END, CASE WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') THEN N'€' WHEN ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'USD') THEN N'$' END ASC;

-- select nullif(quantity, 0), greatest(quantity, 3), least(quantity, line, 2) from order_lines order by order_id, line
SELECT TOP (501) NULLIF([order_lines].[quantity], 0) AS [column_1], CASE WHEN 3 IS NULL OR [order_lines].[quantity] >= 3 THEN [order_lines].[quantity] ELSE 3 END AS [greatest], CASE WHEN 2 IS NULL OR CASE WHEN [order_lines].[line] IS NULL OR [order_lines].[quantity] <= [order_lines].[line] THEN [order_lines].[quantity] ELSE [order_lines].[line] END <= 2 THEN CASE WHEN [order_lines].[line] IS NULL OR [order_lines].[quantity] <= [order_lines].[line] THEN [order_lines].[quantity] ELSE [order_lines].[line] END ELSE 2 END AS [least] FROM [order_lines] AS [order_lines] ORDER BY CASE WHEN [order_lines].[order_id] IS NULL THEN 1 ELSE 0 END, [order_lines].[order_id] ASC, CASE WHEN [order_lines].[line] IS NULL THEN 1 ELSE 0 END, [order_lines].[line] ASC;

-- select id, cast(total as integer) as whole, total::numeric(12, 1) as tenths, id::text as label, paid::int as flag, total::float as rough from orders order by id
SELECT TOP (501) [orders].[id] AS [id], CAST(CAST([orders].[total] AS decimal(38, 0)) AS bigint) AS [whole], CONVERT(varchar(64), CAST([orders].[total] AS decimal(12, 1)), 2) AS [tenths], CAST([orders].[id] AS nvarchar(20)) AS [label], CAST([orders].[paid] AS bigint) AS [flag], CAST([orders].[total] AS float) AS [rough] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select placed_on::text, shipped_at::date, placed_on::timestamp from orders order by id
SELECT TOP (501) CONVERT(nvarchar(10), [orders].[placed_on], 23) AS [placed_on], CAST([orders].[shipped_at] AS date) AS [shipped_at], CAST([orders].[placed_on] AS datetime2(0)) AS [placed_on] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select distinct city from customers order by city
SELECT TOP (501) [result].[city] FROM (SELECT DISTINCT (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city] FROM [customers] AS [customers]) AS [result] ORDER BY CASE WHEN [result].[city] IS NULL THEN 1 ELSE 0 END, [result].[city] ASC;

-- select distinct currency, paid from orders order by currency, paid desc
SELECT TOP (501) [result].[currency], [result].[paid] FROM (SELECT DISTINCT (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], [orders].[paid] AS [paid] FROM [orders] AS [orders]) AS [result] ORDER BY CASE WHEN [result].[currency] IS NULL THEN 1 ELSE 0 END, [result].[currency] ASC, CASE WHEN [result].[paid] IS NULL THEN 0 ELSE 1 END, [result].[paid] DESC;

-- select city from customers union select warehouse from stock order by 1
SELECT TOP (501) [result].[city] FROM (SELECT (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city] FROM [customers] AS [customers] UNION SELECT (([stock].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) AS [warehouse] FROM [stock] AS [stock]) AS [result] ORDER BY CASE WHEN [result].[city] IS NULL THEN 1 ELSE 0 END, [result].[city] ASC;

-- select product from order_lines intersect select product from stock order by product
SELECT TOP (501) [result].[product] FROM (SELECT (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product] FROM [order_lines] AS [order_lines] INTERSECT SELECT (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product] FROM [stock] AS [stock]) AS [result] ORDER BY CASE WHEN [result].[product] IS NULL THEN 1 ELSE 0 END, [result].[product] ASC;

-- select product from order_lines except select product from stock order by product
SELECT TOP (501) [result].[product] FROM (SELECT (([order_lines].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product] FROM [order_lines] AS [order_lines] EXCEPT SELECT (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product] FROM [stock] AS [stock]) AS [result] ORDER BY CASE WHEN [result].[product] IS NULL THEN 1 ELSE 0 END, [result].[product] ASC;

-- select product, quantity from stock where warehouse = 'Valencia' union all select product, quantity from stock where warehouse = 'Zaragoza' order by 1, 2
SELECT TOP (501) [result].[product], [result].[quantity] FROM (SELECT (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product], [stock].[quantity] AS [quantity] FROM [stock] AS [stock] WHERE ((([stock].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) = N'Valencia') UNION ALL SELECT (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product], [stock].[quantity] AS [quantity] FROM [stock] AS [stock] WHERE ((([stock].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) = N'Zaragoza')) AS [result] ORDER BY CASE WHEN [result].[product] IS NULL THEN 1 ELSE 0 END, [result].[product] ASC, CASE WHEN [result].[quantity] IS NULL THEN 1 ELSE 0 END, [result].[quantity] ASC;

-- (select id from orders order by total desc nulls last, id limit 2) union all (select id from orders order by total, id limit 2)
SELECT TOP (501) [result].[id] FROM (SELECT * FROM (SELECT TOP (2) [orders].[id] AS [id] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[total] IS NULL THEN 1 ELSE 0 END, [orders].[total] DESC, CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC) AS [side] UNION ALL SELECT * FROM (SELECT TOP (2) [orders].[id] AS [id] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[total] IS NULL THEN 1 ELSE 0 END, [orders].[total] ASC, CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC) AS [side]) AS [result];

-- with big as (select * from orders where total > 400) select count(*) from big
WITH [big] AS (SELECT [orders].[id] AS [id], [orders].[customer_id] AS [customer_id], [orders].[total] AS [total], (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], [orders].[placed_on] AS [placed_on], [orders].[shipped_at] AS [shipped_at], [orders].[paid] AS [paid] FROM [orders] AS [orders] WHERE ([orders].[total] > 400)) SELECT TOP (501) COUNT_BIG(*) AS [count] FROM [big] AS [big];

-- with per_city as (select city, count(*) as n from customers group by city), most as (select max(n) as n from per_city) select city from per_city join most using (n) order by city
WITH [per_city] AS (SELECT (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city], COUNT_BIG(*) AS [n] FROM [customers] AS [customers] GROUP BY (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2)), [most] AS (SELECT MAX([per_city].[n]) AS [n] FROM [per_city] AS [per_city]) SELECT TOP (501) (([per_city].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city] FROM [per_city] AS [per_city] INNER JOIN [most] AS [most] ON ([per_city].[n] = [most].[n]) ORDER BY CASE WHEN [per_city].[city] IS NULL THEN 1 ELSE 0 END, [per_city].[city] ASC;

-- with monthly as (select date_trunc('month', placed_on) as m, sum(total) as t from orders group by 1) select m, t, sum(t) over (order by m) as running from monthly order by m
WITH [monthly] AS (SELECT CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), MONTH(CAST([orders].[placed_on] AS datetime2(0))), 1) AS datetime2(0)) AS [m], SUM([orders].[total]) AS [t] FROM [orders] AS [orders] GROUP BY CAST(DATEFROMPARTS(YEAR(CAST([orders].[placed_on] AS datetime2(0))), MONTH(CAST([orders].[placed_on] AS datetime2(0))), 1) AS datetime2(0))) SELECT TOP (501) [monthly].[m] AS [m], CONVERT(varchar(64), [monthly].[t], 2) AS [t], CONVERT(varchar(64), SUM([monthly].[t]) OVER (ORDER BY CASE WHEN [monthly].[m] IS NULL THEN 1 ELSE 0 END, [monthly].[m] ASC), 2) AS [running] FROM [monthly] AS [monthly] ORDER BY CASE WHEN [monthly].[m] IS NULL THEN 1 ELSE 0 END, [monthly].[m] ASC;

-- select id, row_number() over (partition by currency order by total desc, id) as place from orders order by id
SELECT TOP (501) [orders].[id] AS [id], ROW_NUMBER() OVER (PARTITION BY (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN [orders].[total] IS NULL THEN 0 ELSE 1 END, [orders].[total] DESC, CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC) AS [place] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, rank() over (order by customer_id), dense_rank() over (order by customer_id), ntile(4) over (order by id) from orders order by id
SELECT TOP (501) [orders].[id] AS [id], RANK() OVER (ORDER BY CASE WHEN [orders].[customer_id] IS NULL THEN 1 ELSE 0 END, [orders].[customer_id] ASC) AS [rank], DENSE_RANK() OVER (ORDER BY CASE WHEN [orders].[customer_id] IS NULL THEN 1 ELSE 0 END, [orders].[customer_id] ASC) AS [dense_rank], NTILE(4) OVER (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC) AS [ntile] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, lag(total) over (order by id) as before, lead(total, 2) over (order by id), first_value(id) over (order by id) from orders order by id
SELECT TOP (501) [orders].[id] AS [id], CONVERT(varchar(64), LAG([orders].[total]) OVER (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC), 2) AS [before], CONVERT(varchar(64), LEAD([orders].[total], 2) OVER (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC), 2) AS [lead], FIRST_VALUE([orders].[id]) OVER (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC) AS [first_value] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, sum(total) over w as running, avg(total) over w from orders window w as (partition by currency order by id) order by id
SELECT TOP (501) [orders].[id] AS [id], CONVERT(varchar(64), SUM([orders].[total]) OVER (PARTITION BY (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC), 2) AS [running], CONVERT(varchar(64), AVG(CAST([orders].[total] AS decimal(38, 10))) OVER (PARTITION BY (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC), 2) AS [avg] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, avg(total) over (order by id rows between 2 preceding and current row) from orders order by id
SELECT TOP (501) [orders].[id] AS [id], CONVERT(varchar(64), AVG(CAST([orders].[total] AS decimal(38, 10))) OVER (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), 2) AS [avg] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id, sum(total) over (order by id rows between unbounded preceding and unbounded following) from orders order by id
SELECT TOP (501) [orders].[id] AS [id], CONVERT(varchar(64), SUM([orders].[total]) OVER (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 2) AS [sum] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select t.city, t.n from (select city, count(*) as n from customers group by city) t where t.n > 1 order by t.city
SELECT TOP (501) (([t].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city], [t].[n] AS [n] FROM (SELECT (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city], COUNT_BIG(*) AS [n] FROM [customers] AS [customers] GROUP BY (([customers].[city] + N'') COLLATE Latin1_General_100_BIN2)) AS [t] WHERE ([t].[n] > 1) ORDER BY CASE WHEN [t].[city] IS NULL THEN 1 ELSE 0 END, [t].[city] ASC;

-- select w.warehouse, (select sum(s.quantity) from stock s where s.warehouse = w.warehouse) from (select distinct warehouse from stock) w order by 1
SELECT TOP (501) (([w].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) AS [warehouse], (SELECT SUM(CAST([s].[quantity] AS bigint)) AS [sum] FROM [stock] AS [s] WHERE ((([s].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) = (([w].[warehouse] + N'') COLLATE Latin1_General_100_BIN2))) AS [column_2] FROM (SELECT DISTINCT (([stock].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) AS [warehouse] FROM [stock] AS [stock]) AS [w] ORDER BY CASE WHEN [w].[warehouse] IS NULL THEN 1 ELSE 0 END, [w].[warehouse] ASC;

-- select customer_id, count(*) from orders group by customer_id having sum(total) > 1000 order by customer_id
SELECT TOP (501) [orders].[customer_id] AS [customer_id], COUNT_BIG(*) AS [count] FROM [orders] AS [orders] GROUP BY [orders].[customer_id] HAVING (SUM([orders].[total]) > 1000) ORDER BY CASE WHEN [orders].[customer_id] IS NULL THEN 1 ELSE 0 END, [orders].[customer_id] ASC;

-- select id from orders where total is null or currency is distinct from 'EUR' order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE (([orders].[total] IS NULL) OR (NOT (CASE WHEN (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR' OR ((([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) IS NULL AND N'EUR' IS NULL) THEN 1 ELSE 0 END = 1))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where paid is not distinct from null order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE (CASE WHEN [orders].[paid] = NULL OR ([orders].[paid] IS NULL AND NULL IS NULL) THEN 1 ELSE 0 END = 1) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where paid is unknown order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE (CASE WHEN ([orders].[paid] = 1) THEN 1 WHEN NOT ([orders].[paid] = 1) THEN 0 ELSE 2 END = 2) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select id from orders where (paid and total > 100) or (not paid and total < 50) order by id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] WHERE ((([orders].[paid] = 1) AND ([orders].[total] > 100)) OR ((NOT ([orders].[paid] = 1)) AND ([orders].[total] < 50))) ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select string_agg(name, ', ' order by id) from customers
SELECT TOP (501) STRING_AGG(CAST((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) AS nvarchar(max)), N', ') WITHIN GROUP (ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC) AS [string_agg] FROM [customers] AS [customers];

-- select currency, string_agg(id::text, ';' order by id desc) from orders group by currency order by currency
SELECT TOP (501) (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) AS [currency], STRING_AGG(CAST(CAST([orders].[id] AS nvarchar(20)) AS nvarchar(max)), N';') WITHIN GROUP (ORDER BY CASE WHEN [orders].[id] IS NULL THEN 0 ELSE 1 END, [orders].[id] DESC) AS [string_agg] FROM [orders] AS [orders] GROUP BY (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([orders].[currency] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- select id, 'drop table orders; --' as note, 'delete /* x */' as "update" from orders order by id limit 2
SELECT TOP (2) [orders].[id] AS [id], N'drop table orders; --' AS [note], N'delete /* x */' AS [update] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select max(shipped_at), min(placed_on) from orders
SELECT TOP (501) MAX([orders].[shipped_at]) AS [max], MIN([orders].[placed_on]) AS [min] FROM [orders] AS [orders];

-- select id, - total, + id, -id * -1, - - id from orders order by id
SELECT TOP (501) [orders].[id] AS [id], CONVERT(varchar(64), (- [orders].[total]), 2) AS [column_2], [orders].[id] AS [column_3], ((- [orders].[id]) * (-1)) AS [column_4], (- (- [orders].[id])) AS [column_5] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select o.id from orders as o cross join (select 1 as one) x where x.one = 1 order by o.id
SELECT TOP (501) [o].[id] AS [id] FROM [orders] AS [o] CROSS JOIN (SELECT 1 AS [one]) AS [x] WHERE ([x].[one] = 1) ORDER BY CASE WHEN [o].[id] IS NULL THEN 1 ELSE 0 END, [o].[id] ASC;

-- select o.id, l.line from orders o, order_lines l where l.order_id = o.id and o.id < 4 order by 1, 2
SELECT TOP (501) [o].[id] AS [id], [l].[line] AS [line] FROM [orders] AS [o] CROSS JOIN [order_lines] AS [l] WHERE (([l].[order_id] = [o].[id]) AND ([o].[id] < 4)) ORDER BY CASE WHEN [o].[id] IS NULL THEN 1 ELSE 0 END, [o].[id] ASC, CASE WHEN [l].[line] IS NULL THEN 1 ELSE 0 END, [l].[line] ASC;

-- select product, warehouse, quantity from stock order by quantity desc, product, warehouse
SELECT TOP (501) (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product], (([stock].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) AS [warehouse], [stock].[quantity] AS [quantity] FROM [stock] AS [stock] ORDER BY CASE WHEN [stock].[quantity] IS NULL THEN 0 ELSE 1 END, [stock].[quantity] DESC, CASE WHEN [stock].[product] IS NULL THEN 1 ELSE 0 END, [stock].[product] ASC, CASE WHEN [stock].[warehouse] IS NULL THEN 1 ELSE 0 END, [stock].[warehouse] ASC;

-- select sum(quantity) from stock where product = 'bomba X' and warehouse = 'Valencia'
SELECT TOP (501) SUM(CAST([stock].[quantity] AS bigint)) AS [sum] FROM [stock] AS [stock] WHERE (((([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) = N'bomba X') AND ((([stock].[warehouse] + N'') COLLATE Latin1_General_100_BIN2) = N'Valencia'));

-- select true as yes, not true as no, id = 1 as first from orders order by id limit 2
SELECT TOP (2) CAST(1 AS bit) AS [yes], CAST(CASE WHEN (NOT (CAST(1 AS bit) = 1)) THEN 1 WHEN NOT (NOT (CAST(1 AS bit) = 1)) THEN 0 END AS bit) AS [no], CAST(CASE WHEN ([orders].[id] = 1) THEN 1 WHEN NOT ([orders].[id] = 1) THEN 0 END AS bit) AS [first] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select min(name), max(name) from customers where name is not null
SELECT TOP (501) MIN((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) AS [min], MAX((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2)) AS [max] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) IS NOT NULL);

-- select id from customers where name > 'a' order by id
SELECT TOP (501) [customers].[id] AS [id] FROM [customers] AS [customers] WHERE ((([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) > N'a') ORDER BY CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select name from customers order by name limit 4
SELECT TOP (4) (([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [name] FROM [customers] AS [customers] ORDER BY CASE WHEN (([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([customers].[name] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- select id from orders order by placed_on - current_date, id
SELECT TOP (501) [orders].[id] AS [id] FROM [orders] AS [orders] ORDER BY CASE WHEN DATEDIFF(day, CAST('2025-12-31' AS date), [orders].[placed_on]) IS NULL THEN 1 ELSE 0 END, DATEDIFF(day, CAST('2025-12-31' AS date), [orders].[placed_on]) ASC, CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;

-- select sum(1) from orders where exists (select * from customers c where c.id = orders.customer_id and c.is_company)
SELECT TOP (501) SUM(CAST(1 AS bigint)) AS [sum] FROM [orders] AS [orders] WHERE (EXISTS (SELECT [c].[id] AS [id], (([c].[name] + N'') COLLATE Latin1_General_100_BIN2) AS [name], (([c].[city] + N'') COLLATE Latin1_General_100_BIN2) AS [city], [c].[since] AS [since], [c].[is_company] AS [is_company] FROM [customers] AS [c] WHERE (([c].[id] = [orders].[customer_id]) AND ([c].[is_company] = 1))));

-- select product from stock group by product having min(quantity) < 10 order by product
SELECT TOP (501) (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) AS [product] FROM [stock] AS [stock] GROUP BY (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) HAVING (MIN([stock].[quantity]) < 10) ORDER BY CASE WHEN (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([stock].[product] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- select since, since is null as missing from customers order by since desc nulls last, id
SELECT TOP (501) [customers].[since] AS [since], CAST(CASE WHEN ([customers].[since] IS NULL) THEN 1 WHEN NOT ([customers].[since] IS NULL) THEN 0 END AS bit) AS [missing] FROM [customers] AS [customers] ORDER BY CASE WHEN [customers].[since] IS NULL THEN 1 ELSE 0 END, [customers].[since] DESC, CASE WHEN [customers].[id] IS NULL THEN 1 ELSE 0 END, [customers].[id] ASC;

-- select interval_days from (select 30 as interval_days) x
SELECT TOP (501) [x].[interval_days] AS [interval_days] FROM (SELECT 30 AS [interval_days]) AS [x];

-- select count(*) as "count" from orders o inner join customers c on (o.customer_id = c.id) where c.city = 'Zaragoza' and extract(year from o.placed_on) = 2025
SELECT TOP (501) COUNT_BIG(*) AS [count] FROM [orders] AS [o] INNER JOIN [customers] AS [c] ON ([o].[customer_id] = [c].[id]) WHERE (((([c].[city] + N'') COLLATE Latin1_General_100_BIN2) = N'Zaragoza') AND (DATEPART(year, [o].[placed_on]) = 2025));

-- select id, coalesce(shipped_at, placed_on) as moment from orders order by id
SELECT TOP (501) [orders].[id] AS [id], COALESCE([orders].[shipped_at], CAST([orders].[placed_on] AS datetime2(0))) AS [moment] FROM [orders] AS [orders] ORDER BY CASE WHEN [orders].[id] IS NULL THEN 1 ELSE 0 END, [orders].[id] ASC;
