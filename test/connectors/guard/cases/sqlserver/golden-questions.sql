-- How many warehouses are there?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[almacenes] AS [almacenes];

-- In which cities is there a warehouse?
SELECT TOP (1001) (([almacenes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad] FROM [dbo].[almacenes] AS [almacenes];

-- What floor area does each warehouse have?
SELECT TOP (1001) (([almacenes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], [almacenes].[metros] AS [metros] FROM [dbo].[almacenes] AS [almacenes];

-- Which warehouse is the largest?
SELECT TOP (1) (([almacenes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], [almacenes].[metros] AS [metros] FROM [dbo].[almacenes] AS [almacenes] WHERE ([almacenes].[metros] IS NOT NULL) ORDER BY CASE WHEN [almacenes].[metros] IS NULL THEN 0 ELSE 1 END, [almacenes].[metros] DESC;

-- Which warehouse has no known floor area?
SELECT TOP (1001) (([almacenes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad] FROM [dbo].[almacenes] AS [almacenes] WHERE ([almacenes].[metros] IS NULL);

-- What is the average floor area of the warehouses?
SELECT TOP (1001) CONVERT(varchar(64), AVG(CAST([almacenes].[metros] AS decimal(38, 10))), 2) AS [avg] FROM [dbo].[almacenes] AS [almacenes];

-- What is the total floor area of all warehouses?
SELECT TOP (1001) SUM(CAST([almacenes].[metros] AS bigint)) AS [sum] FROM [dbo].[almacenes] AS [almacenes];

-- How many products do we sell?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[productos] AS [productos];

-- How many products are there of each kind?
SELECT TOP (1001) (([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2) AS [familia], COUNT_BIG(*) AS [productos] FROM [dbo].[productos] AS [productos] GROUP BY (([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2);

-- Which products have no list price?
SELECT TOP (1001) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[productos] AS [productos] WHERE ([productos].[precio] IS NULL);

-- How many products have no price?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[productos] AS [productos] WHERE ([productos].[precio] IS NULL);

-- Which is the most expensive pump?
SELECT TOP (1) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], CONVERT(varchar(64), [productos].[precio], 2) AS [precio] FROM [dbo].[productos] AS [productos] WHERE (((([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'bomba') AND ([productos].[precio] IS NOT NULL)) ORDER BY CASE WHEN [productos].[precio] IS NULL THEN 0 ELSE 1 END, [productos].[precio] DESC;

-- Which is the cheapest valve?
SELECT TOP (1) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], CONVERT(varchar(64), [productos].[precio], 2) AS [precio] FROM [dbo].[productos] AS [productos] WHERE (((([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'válvula') AND ([productos].[precio] IS NOT NULL)) ORDER BY CASE WHEN [productos].[precio] IS NULL THEN 1 ELSE 0 END, [productos].[precio] ASC;

-- What is the average price by kind?
SELECT TOP (1001) (([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2) AS [familia], CONVERT(varchar(64), AVG(CAST([productos].[precio] AS decimal(38, 10))), 2) AS [medio] FROM [dbo].[productos] AS [productos] GROUP BY (([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2);

-- Which products cost more than 500 euros?
SELECT TOP (1001) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], CONVERT(varchar(64), [productos].[precio], 2) AS [precio] FROM [dbo].[productos] AS [productos] WHERE ([productos].[precio] > 500);

-- Which filters cost between 100 and 600 euros?
SELECT TOP (1001) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], CONVERT(varchar(64), [productos].[precio], 2) AS [precio] FROM [dbo].[productos] AS [productos] WHERE (((([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'filtro') AND ([productos].[precio] BETWEEN 100 AND 600));

-- Which products are of the AX series?
SELECT TOP (1001) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], (([productos].[referencia] + N'') COLLATE Latin1_General_100_BIN2) AS [referencia] FROM [dbo].[productos] AS [productos] WHERE ((([productos].[referencia] + N'') COLLATE Latin1_General_100_BIN2) LIKE N'AX%' ESCAPE '!');

-- Which reference does the pump BR have?
SELECT TOP (1001) (([productos].[referencia] + N'') COLLATE Latin1_General_100_BIN2) AS [referencia] FROM [dbo].[productos] AS [productos] WHERE ((([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) = N'bomba BR');

-- List the pumps by price
SELECT TOP (1001) (([productos].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], CONVERT(varchar(64), [productos].[precio], 2) AS [precio] FROM [dbo].[productos] AS [productos] WHERE ((([productos].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'bomba') ORDER BY CASE WHEN [productos].[precio] IS NULL THEN 1 ELSE 0 END, [productos].[precio] ASC;

-- How many units are there in all?
SELECT TOP (1001) SUM(CAST([existencias].[unidades] AS bigint)) AS [sum] FROM [dbo].[existencias] AS [existencias];

-- How many units are in each warehouse?
SELECT TOP (1001) (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], SUM(CAST([e].[unidades] AS bigint)) AS [unidades] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) GROUP BY (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2);

-- How many pumps are there in Valencia?
SELECT TOP (1001) SUM(CAST([e].[unidades] AS bigint)) AS [sum] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [e].[producto_id]) INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE (((([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'bomba') AND ((([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Valencia'));

-- How many motors are there in A Coruña?
SELECT TOP (1001) SUM(CAST([e].[unidades] AS bigint)) AS [sum] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [e].[producto_id]) INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE (((([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'motor') AND ((([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'A Coruña'));

-- Where are there valves AX?
SELECT TOP (1001) (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], [e].[unidades] AS [unidades] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [e].[producto_id]) INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE (((([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) = N'válvula AX') AND ([e].[unidades] > 0));

-- Which warehouse has the most units?
SELECT TOP (1) (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], SUM(CAST([e].[unidades] AS bigint)) AS [unidades] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) GROUP BY (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN SUM(CAST([e].[unidades] AS bigint)) IS NULL THEN 0 ELSE 1 END, SUM(CAST([e].[unidades] AS bigint)) DESC;

-- How many units are there of each kind?
SELECT TOP (1001) (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) AS [familia], SUM(CAST([e].[unidades] AS bigint)) AS [unidades] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [e].[producto_id]) GROUP BY (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2);

-- Of which products are there fewer than 5 units in a warehouse?
SELECT TOP (1001) (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], [e].[unidades] AS [unidades] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [e].[producto_id]) INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE ([e].[unidades] < 5);

-- Which products are not in the Bilbao warehouse?
SELECT TOP (1001) (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[productos] AS [p] WHERE (NOT (EXISTS (SELECT 1 AS [column_1] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE (([e].[producto_id] = [p].[id]) AND ((([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Bilbao')))));

-- How many different products are there in Sevilla?
SELECT TOP (1001) COUNT_BIG(DISTINCT [e].[producto_id]) AS [count] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE ((([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Sevilla');

-- What is the average of units for each product in Zaragoza?
SELECT TOP (1001) CONVERT(varchar(64), AVG(CAST([e].[unidades] AS decimal(38, 10))), 2) AS [avg] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) WHERE ((([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Zaragoza');

-- What share of the stock is in Valencia?
SELECT TOP (1001) CONVERT(varchar(64), CAST((CAST((100.0 * SUM(CAST(CASE WHEN ((([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Valencia') THEN [e].[unidades] ELSE 0 END AS bigint))) AS decimal(28, 10)) / NULLIF(SUM(CAST([e].[unidades] AS bigint)), 0)) AS decimal(38, 1)), 2) AS [round] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]);

-- What is the stock of each warehouse worth at list price?
SELECT TOP (1001) (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], CONVERT(varchar(64), SUM(([e].[unidades] * [p].[precio])), 2) AS [valor] FROM [dbo].[existencias] AS [e] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [e].[producto_id]) INNER JOIN [dbo].[almacenes] AS [a] ON ([a].[id] = [e].[almacen_id]) GROUP BY (([a].[ciudad] + N'') COLLATE Latin1_General_100_BIN2);

-- How many customers do we have?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[clientes] AS [clientes];

-- How many customers are there in each city?
SELECT TOP (1001) (([clientes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad], COUNT_BIG(*) AS [clientes] FROM [dbo].[clientes] AS [clientes] GROUP BY (([clientes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2);

-- Whom do we invoice in dollars?
SELECT TOP (1001) (([clientes].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[clientes] AS [clientes] WHERE ((([clientes].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'USD');

-- Which customers are in Sevilla?
SELECT TOP (1001) (([clientes].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[clientes] AS [clientes] WHERE ((([clientes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Sevilla');

-- Which customers have “Sol” in their name?
SELECT TOP (1001) (([clientes].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[clientes] AS [clientes] WHERE (LOWER((([clientes].[nombre] + N'') COLLATE Latin1_General_100_BIN2)) LIKE LOWER(N'%sol%') ESCAPE '!');

-- How many customers pay in each currency?
SELECT TOP (1001) (([clientes].[moneda] + N'') COLLATE Latin1_General_100_BIN2) AS [moneda], COUNT_BIG(*) AS [count] FROM [dbo].[clientes] AS [clientes] GROUP BY (([clientes].[moneda] + N'') COLLATE Latin1_General_100_BIN2);

-- In which cities are there customers and a warehouse too?
SELECT TOP (1001) [result].[ciudad] FROM (SELECT (([clientes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad] FROM [dbo].[clientes] AS [clientes] INTERSECT SELECT (([almacenes].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) AS [ciudad] FROM [dbo].[almacenes] AS [almacenes]) AS [result];

-- Which customers ordered nothing in May 2026?
SELECT TOP (1001) (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[clientes] AS [c] WHERE (NOT (EXISTS (SELECT 1 AS [column_1] FROM [dbo].[pedidos] AS [p] WHERE (([p].[cliente_id] = [c].[id]) AND ([p].[fecha] >= CAST('2026-05-01' AS date)) AND ([p].[fecha] < CAST('2026-06-01' AS date))))));

-- How many orders are there?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos];

-- How many orders are in each state?
SELECT TOP (1001) (([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2) AS [estado], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [pedidos] GROUP BY (([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2);

-- How many orders are pending?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] WHERE ((([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2) = N'pendiente');

-- How many orders were cancelled?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] WHERE ((([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2) = N'cancelado');

-- What percentage of orders is cancelled?
SELECT TOP (1001) CONVERT(varchar(64), CAST((CAST((100.0 * SUM(CAST(CASE WHEN ((([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2) = N'cancelado') THEN 1 ELSE 0 END AS bigint))) AS decimal(28, 10)) / NULLIF(COUNT_BIG(*), 0)) AS decimal(38, 2)), 2) AS [round] FROM [dbo].[pedidos] AS [pedidos];

-- How many orders came in each month?
SELECT TOP (1001) CAST(DATEFROMPARTS(YEAR(CAST([pedidos].[fecha] AS datetime2(0))), MONTH(CAST([pedidos].[fecha] AS datetime2(0))), 1) AS datetime2(0)) AS [mes], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [pedidos] GROUP BY CAST(DATEFROMPARTS(YEAR(CAST([pedidos].[fecha] AS datetime2(0))), MONTH(CAST([pedidos].[fecha] AS datetime2(0))), 1) AS datetime2(0)) ORDER BY CASE WHEN CAST(DATEFROMPARTS(YEAR(CAST([pedidos].[fecha] AS datetime2(0))), MONTH(CAST([pedidos].[fecha] AS datetime2(0))), 1) AS datetime2(0)) IS NULL THEN 1 ELSE 0 END, CAST(DATEFROMPARTS(YEAR(CAST([pedidos].[fecha] AS datetime2(0))), MONTH(CAST([pedidos].[fecha] AS datetime2(0))), 1) AS datetime2(0)) ASC;

-- How many orders were there in each quarter?
SELECT TOP (1001) DATEPART(quarter, [pedidos].[fecha]) AS [trimestre], COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] GROUP BY DATEPART(quarter, [pedidos].[fecha]) ORDER BY CASE WHEN DATEPART(quarter, [pedidos].[fecha]) IS NULL THEN 1 ELSE 0 END, DATEPART(quarter, [pedidos].[fecha]) ASC;

-- How many orders were there in March 2026?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] WHERE (([pedidos].[fecha] >= CAST('2026-03-01' AS date)) AND ([pedidos].[fecha] < CAST('2026-04-01' AS date)));

-- On which weekday do most orders come in?
SELECT TOP (1) ((DATEDIFF(day, CAST('0001-01-01' AS date), [pedidos].[fecha]) % 7) + 1) AS [dia], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [pedidos] GROUP BY ((DATEDIFF(day, CAST('0001-01-01' AS date), [pedidos].[fecha]) % 7) + 1) ORDER BY CASE WHEN COUNT_BIG(*) IS NULL THEN 0 ELSE 1 END, COUNT_BIG(*) DESC, CASE WHEN ((DATEDIFF(day, CAST('0001-01-01' AS date), [pedidos].[fecha]) % 7) + 1) IS NULL THEN 1 ELSE 0 END, ((DATEDIFF(day, CAST('0001-01-01' AS date), [pedidos].[fecha]) % 7) + 1) ASC;

-- At what hour do orders come in?
SELECT TOP (1001) DATEPART(hour, [pedidos].[recibido]) AS [hora], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [pedidos] GROUP BY DATEPART(hour, [pedidos].[recibido]) ORDER BY CASE WHEN DATEPART(hour, [pedidos].[recibido]) IS NULL THEN 1 ELSE 0 END, DATEPART(hour, [pedidos].[recibido]) ASC;

-- When was the last order?
SELECT TOP (1001) MAX([pedidos].[fecha]) AS [max] FROM [dbo].[pedidos] AS [pedidos];

-- Which was the first order of the year, and when did it come in?
SELECT TOP (1) [pedidos].[id] AS [id], [pedidos].[recibido] AS [recibido] FROM [dbo].[pedidos] AS [pedidos] ORDER BY CASE WHEN [pedidos].[recibido] IS NULL THEN 1 ELSE 0 END, [pedidos].[recibido] ASC, CASE WHEN [pedidos].[id] IS NULL THEN 1 ELSE 0 END, [pedidos].[id] ASC;

-- How many orders have not left yet?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] WHERE ((CASE WHEN ([pedidos].[enviado] = 1) THEN 1 WHEN NOT ([pedidos].[enviado] = 1) THEN 0 ELSE 2 END <> 1) AND ((([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado'));

-- How many orders has each customer made?
SELECT TOP (1001) (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [p] INNER JOIN [dbo].[clientes] AS [c] ON ([c].[id] = [p].[cliente_id]) GROUP BY (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2);

-- Which customer has made the most orders?
SELECT TOP (1) (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [p] INNER JOIN [dbo].[clientes] AS [c] ON ([c].[id] = [p].[cliente_id]) GROUP BY (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN COUNT_BIG(*) IS NULL THEN 0 ELSE 1 END, COUNT_BIG(*) DESC, CASE WHEN (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- Which customers have more than 30 orders?
SELECT TOP (1001) (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [p] INNER JOIN [dbo].[clientes] AS [c] ON ([c].[id] = [p].[cliente_id]) GROUP BY (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) HAVING (COUNT_BIG(*) > 30);

-- When did each customer order last?
SELECT TOP (1001) (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], MAX([p].[fecha]) AS [ultimo] FROM [dbo].[pedidos] AS [p] INNER JOIN [dbo].[clientes] AS [c] ON ([c].[id] = [p].[cliente_id]) GROUP BY (([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2);

-- How many days ago was the last order?
SELECT TOP (1001) DATEDIFF(day, MAX([pedidos].[fecha]), CAST('2026-12-01' AS date)) AS [column_1] FROM [dbo].[pedidos] AS [pedidos];

-- Which orders of September are still pending?
SELECT TOP (1001) [pedidos].[id] AS [id], [pedidos].[fecha] AS [fecha] FROM [dbo].[pedidos] AS [pedidos] WHERE (((([pedidos].[estado] + N'') COLLATE Latin1_General_100_BIN2) = N'pendiente') AND (DATEPART(month, [pedidos].[fecha]) = 9)) ORDER BY CASE WHEN [pedidos].[fecha] IS NULL THEN 1 ELSE 0 END, [pedidos].[fecha] ASC, CASE WHEN [pedidos].[id] IS NULL THEN 1 ELSE 0 END, [pedidos].[id] ASC;

-- How much have we sold in each currency?
SELECT TOP (1001) (([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) AS [moneda], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado') GROUP BY (([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2);

-- How much have we sold in euros?
SELECT TOP (1001) CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [sum] FROM [dbo].[ventas] AS [ventas] WHERE (((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') AND ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado'));

-- How much was sold in euros each month?
SELECT TOP (1001) FORMAT([ventas].[fecha], N'yyyy-MM', N'en-US') AS [mes], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE (((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') AND ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado')) GROUP BY FORMAT([ventas].[fecha], N'yyyy-MM', N'en-US') ORDER BY CASE WHEN FORMAT([ventas].[fecha], N'yyyy-MM', N'en-US') IS NULL THEN 1 ELSE 0 END, FORMAT([ventas].[fecha], N'yyyy-MM', N'en-US') ASC;

-- How much has each customer bought?
SELECT TOP (1001) (([ventas].[cliente] + N'') COLLATE Latin1_General_100_BIN2) AS [cliente], (([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) AS [moneda], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado') GROUP BY (([ventas].[cliente] + N'') COLLATE Latin1_General_100_BIN2), (([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2);

-- Who is the best customer in euros?
SELECT TOP (1) (([ventas].[cliente] + N'') COLLATE Latin1_General_100_BIN2) AS [cliente], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE (((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') AND ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado')) GROUP BY (([ventas].[cliente] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN SUM(([ventas].[unidades] * [ventas].[precio])) IS NULL THEN 0 ELSE 1 END, SUM(([ventas].[unidades] * [ventas].[precio])) DESC;

-- How many units have been sold?
SELECT TOP (1001) SUM(CAST([ventas].[unidades] AS bigint)) AS [sum] FROM [dbo].[ventas] AS [ventas] WHERE ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado');

-- How many units have been sold of each kind?
SELECT TOP (1001) (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) AS [familia], SUM(CAST([v].[unidades] AS bigint)) AS [unidades] FROM [dbo].[ventas] AS [v] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [v].[producto_id]) WHERE ((([v].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado') GROUP BY (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2);

-- Which are the five products sold most?
SELECT TOP (5) (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre], SUM(CAST([v].[unidades] AS bigint)) AS [unidades] FROM [dbo].[ventas] AS [v] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [v].[producto_id]) WHERE ((([v].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado') GROUP BY (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) ORDER BY CASE WHEN SUM(CAST([v].[unidades] AS bigint)) IS NULL THEN 0 ELSE 1 END, SUM(CAST([v].[unidades] AS bigint)) DESC, CASE WHEN (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) ASC;

-- Which products were never sold in June?
SELECT TOP (1001) (([p].[nombre] + N'') COLLATE Latin1_General_100_BIN2) AS [nombre] FROM [dbo].[productos] AS [p] WHERE (NOT ([p].[id] IN (SELECT [ventas].[producto_id] AS [producto_id] FROM [dbo].[ventas] AS [ventas] WHERE (DATEPART(month, [ventas].[fecha]) = 6))));

-- What is the average amount of an order in euros?
SELECT TOP (1001) CONVERT(varchar(64), AVG(CAST([pedidos_en_euros].[importe] AS decimal(38, 10))), 2) AS [avg] FROM (SELECT [ventas].[pedido] AS [pedido], SUM(([ventas].[unidades] * [ventas].[precio])) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE ((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') GROUP BY [ventas].[pedido]) AS [pedidos_en_euros];

-- Which is the largest order in euros?
SELECT TOP (1) [ventas].[pedido] AS [pedido], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE ((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') GROUP BY [ventas].[pedido] ORDER BY CASE WHEN SUM(([ventas].[unidades] * [ventas].[precio])) IS NULL THEN 0 ELSE 1 END, SUM(([ventas].[unidades] * [ventas].[precio])) DESC, CASE WHEN [ventas].[pedido] IS NULL THEN 1 ELSE 0 END, [ventas].[pedido] ASC;

-- How many lines does an order have on average?
SELECT TOP (1001) CONVERT(varchar(64), (CAST((COUNT_BIG(*) * 1.0) AS decimal(28, 10)) / NULLIF(COUNT_BIG(DISTINCT [ventas].[pedido]), 0)), 2) AS [column_1] FROM [dbo].[ventas] AS [ventas];

-- How many orders have more than three lines?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM (SELECT [ventas].[pedido] AS [pedido] FROM [dbo].[ventas] AS [ventas] GROUP BY [ventas].[pedido] HAVING (COUNT_BIG(*) > 3)) AS [largos];

-- How much was sold to customers in Valencia?
SELECT TOP (1001) (([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) AS [moneda], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE (((([ventas].[ciudad] + N'') COLLATE Latin1_General_100_BIN2) = N'Valencia') AND ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado')) GROUP BY (([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2);

-- At what average price were motors sold?
SELECT TOP (1001) CONVERT(varchar(64), AVG(CAST([v].[precio] AS decimal(38, 10))), 2) AS [avg] FROM [dbo].[ventas] AS [v] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [v].[producto_id]) WHERE ((([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'motor');

-- Was any pump sold below its list price?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[ventas] AS [v] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [v].[producto_id]) WHERE (((([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) = N'bomba') AND ([v].[precio] < [p].[precio]));

-- How do the orders of L'Horta Verda divide by state?
SELECT TOP (1001) (([p].[estado] + N'') COLLATE Latin1_General_100_BIN2) AS [estado], COUNT_BIG(*) AS [pedidos] FROM [dbo].[pedidos] AS [p] INNER JOIN [dbo].[clientes] AS [c] ON ([c].[id] = [p].[cliente_id]) WHERE ((([c].[nombre] + N'') COLLATE Latin1_General_100_BIN2) = N'L''Horta Verda') GROUP BY (([p].[estado] + N'') COLLATE Latin1_General_100_BIN2);

-- Which month was the best in euros?
SELECT TOP (1) DATEPART(month, [ventas].[fecha]) AS [mes], CONVERT(varchar(64), SUM(([ventas].[unidades] * [ventas].[precio])), 2) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE (((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') AND ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado')) GROUP BY DATEPART(month, [ventas].[fecha]) ORDER BY CASE WHEN SUM(([ventas].[unidades] * [ventas].[precio])) IS NULL THEN 0 ELSE 1 END, SUM(([ventas].[unidades] * [ventas].[precio])) DESC;

-- What is the running total in euros month by month?
WITH [meses] AS (SELECT DATEPART(month, [ventas].[fecha]) AS [mes], SUM(([ventas].[unidades] * [ventas].[precio])) AS [importe] FROM [dbo].[ventas] AS [ventas] WHERE (((([ventas].[moneda] + N'') COLLATE Latin1_General_100_BIN2) = N'EUR') AND ((([ventas].[estado] + N'') COLLATE Latin1_General_100_BIN2) <> N'cancelado')) GROUP BY DATEPART(month, [ventas].[fecha])) SELECT TOP (1001) [meses].[mes] AS [mes], CONVERT(varchar(64), SUM([meses].[importe]) OVER (ORDER BY CASE WHEN [meses].[mes] IS NULL THEN 1 ELSE 0 END, [meses].[mes] ASC), 2) AS [acumulado] FROM [meses] AS [meses] ORDER BY CASE WHEN [meses].[mes] IS NULL THEN 1 ELSE 0 END, [meses].[mes] ASC;

-- Which rank does each customer have by units?
WITH [compras] AS (SELECT (([ventas].[cliente] + N'') COLLATE Latin1_General_100_BIN2) AS [cliente], SUM(CAST([ventas].[unidades] AS bigint)) AS [unidades] FROM [dbo].[ventas] AS [ventas] GROUP BY (([ventas].[cliente] + N'') COLLATE Latin1_General_100_BIN2)) SELECT TOP (1001) (([compras].[cliente] + N'') COLLATE Latin1_General_100_BIN2) AS [cliente], [compras].[unidades] AS [unidades], RANK() OVER (ORDER BY CASE WHEN [compras].[unidades] IS NULL THEN 0 ELSE 1 END, [compras].[unidades] DESC) AS [puesto] FROM [compras] AS [compras] ORDER BY CASE WHEN RANK() OVER (ORDER BY CASE WHEN [compras].[unidades] IS NULL THEN 0 ELSE 1 END, [compras].[unidades] DESC) IS NULL THEN 1 ELSE 0 END, RANK() OVER (ORDER BY CASE WHEN [compras].[unidades] IS NULL THEN 0 ELSE 1 END, [compras].[unidades] DESC) ASC, CASE WHEN [compras].[cliente] IS NULL THEN 1 ELSE 0 END, [compras].[cliente] ASC;

-- How many orders were there in each half of the year?
SELECT TOP (1001) CASE WHEN (DATEPART(month, [pedidos].[fecha]) <= 6) THEN 1 ELSE 2 END AS [semestre], COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] GROUP BY CASE WHEN (DATEPART(month, [pedidos].[fecha]) <= 6) THEN 1 ELSE 2 END ORDER BY CASE WHEN CASE WHEN (DATEPART(month, [pedidos].[fecha]) <= 6) THEN 1 ELSE 2 END IS NULL THEN 1 ELSE 0 END, CASE WHEN (DATEPART(month, [pedidos].[fecha]) <= 6) THEN 1 ELSE 2 END ASC;

-- How many units of each kind were sold in each quarter?
SELECT TOP (1001) (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) AS [familia], DATEPART(quarter, [v].[fecha]) AS [trimestre], SUM(CAST([v].[unidades] AS bigint)) AS [unidades] FROM [dbo].[ventas] AS [v] INNER JOIN [dbo].[productos] AS [p] ON ([p].[id] = [v].[producto_id]) GROUP BY (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2), DATEPART(quarter, [v].[fecha]) ORDER BY CASE WHEN (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) IS NULL THEN 1 ELSE 0 END, (([p].[familia] + N'') COLLATE Latin1_General_100_BIN2) ASC, CASE WHEN DATEPART(quarter, [v].[fecha]) IS NULL THEN 1 ELSE 0 END, DATEPART(quarter, [v].[fecha]) ASC;

-- How many orders come in before noon?
SELECT TOP (1001) COUNT_BIG(*) AS [count] FROM [dbo].[pedidos] AS [pedidos] WHERE (DATEPART(hour, [pedidos].[recibido]) < 12);

-- How much does Ana Ruiz earn?
-- refused: unknown-relation, nominas

-- Who earns most in the company?
-- refused: unknown-relation, nominas

-- Delete the cancelled orders
-- refused: statement-kind, DeleteStmt

-- Which users does the database have?
-- refused: unknown-relation, pg_user

-- What floor area do the warehouses of all stock add up to?
-- refused: multiplied-rows, sum of a.metros beside e
