/** Boards of what the program runs on: models with their cards, databases, the machine, backups and certificates. */

import { type Board, both, figure, graph } from './board.ts';
import { halfAndMost } from './quantiles.ts';

const disks = 'fstype!~"tmpfs|ramfs|overlay|squashfs|iso9660|fuse.*"';
const card = 'a graphics card with an exporter';

export const models: Board = {
	id: 'models',
	title: both('Models and graphics cards', 'Modelos y tarjetas gráficas'),
	rows: [
		{
			title: both('Hosts', 'Servidores'),
			panels: [
				graph(both('Hosts that answer', 'Servidores que responden'), 'bool_on_off', [
					['max by (host) (openccb_model_host_up)', '{{host}}'],
				]),
				graph(both('Loaded on graphics cards', 'Cargado en tarjetas gráficas'), 'percentunit', [
					['max by (model, host) (openccb_model_vram_bytes / openccb_model_loaded_bytes)', '{{model}} {{host}}'],
				]),
				graph(both('Memory of loaded models', 'Memoria de los modelos cargados'), 'bytes', [
					['max by (model, host) (openccb_model_loaded_bytes)', '{{model}} {{host}}'],
				]),
				graph(both('Answers at a time', 'Respuestas a la vez'), 'short', [
					['sum by (model, host) (openccb_model_active_requests)', '{{model}} {{host}}'],
					['max by (model, host) (openccb_model_slots)', '{{model}} {{host}} slots'],
				]),
				graph(both('First token', 'Primer token'), 's', halfAndMost('model_first_token', 'model')),
				graph(both('Tokens per second of one answer', 'Tokens por segundo de una respuesta'), 'short', [
					[
						'histogram_quantile(0.5, sum by (le, model, host) (rate(openccb_model_tokens_per_second_bucket[$__rate_interval])))',
						'{{model}} {{host}}',
					],
				]),
				graph(both('Tokens per second, together', 'Tokens por segundo, en conjunto'), 'short', [
					['sum by (model, host) (rate(openccb_model_tokens_total[$__rate_interval]))', '{{model}} {{host}}'],
				]),
				graph(
					both('Taken to another host, in an hour', 'Llevadas a otro servidor, en una hora'),
					'short',
					[['sum by (model, host) (increase(openccb_model_failovers_total[1h]))', '{{model}} {{host}}']],
					{
						needs: 'a host that fails beside another one',
					},
				),
			],
		},
		{
			title: both('Graphics cards', 'Tarjetas gráficas'),
			panels: [
				graph(both('Use', 'Uso'), 'percentunit', [['openccb:gpu_utilization:ratio', '{{instance}} {{card}}']], { needs: card }),
				graph(
					both('Memory', 'Memoria'),
					'bytes',
					[
						['openccb:gpu_memory_used:bytes', '{{instance}} {{card}}'],
						['openccb:gpu_memory_total:bytes', '{{instance}} {{card}} total'],
					],
					{ needs: card },
				),
				graph(both('Power', 'Potencia'), 'watt', [['openccb:gpu_power:watts', '{{instance}} {{card}}']], { needs: card }),
				graph(both('Temperature', 'Temperatura'), 'celsius', [['openccb:gpu_temperature:celsius', '{{instance}} {{card}}']], {
					needs: card,
				}),
				graph(both('Errors', 'Errores'), 'short', [['changes(openccb:gpu_errors:state[1h])', '{{instance}} {{card}}']], { needs: card }),
			],
		},
	],
};

export const databases: Board = {
	id: 'databases',
	title: both('Database and Redis', 'Base de datos y Redis'),
	rows: [
		{
			title: both('As the program sees it', 'Como la ve el programa'),
			panels: [
				graph(both('Connections', 'Conexiones'), 'short', [['sum by (state) (openccb_database_connections)', '{{state}}']]),
				graph(both('Waiting for one', 'Esperan una'), 'short', [['sum by (instance) (openccb_database_waiting)', '{{instance}}']]),
				graph(both('How long somebody waited', 'Cuánto se esperó'), 's', halfAndMost('database_wait')),
				graph(both('One transaction', 'Una transacción'), 's', halfAndMost('database_use')),
				graph(both('Transactions per second', 'Transacciones por segundo'), 'short', [
					['sum(rate(openccb_database_use_seconds_count[$__rate_interval]))', 'transactions'],
				]),
				graph(both('Where processes share', 'Dónde comparten los procesos'), 'bool_on_off', [
					['max by (mode) (openccb_cache_mode)', '{{mode}}'],
				]),
			],
		},
		{
			title: both('PostgreSQL', 'PostgreSQL'),
			panels: [
				graph(both('Connections of the server', 'Conexiones del servidor'), 'short', [
					['sum by (instance) (pg_stat_activity_count)', '{{instance}}'],
					['max by (instance) (pg_settings_max_connections)', '{{instance}} limit'],
				]),
				graph(both('Transactions per second', 'Transacciones por segundo'), 'short', [
					['sum by (datname) (rate(pg_stat_database_xact_commit{datname!=""}[$__rate_interval]))', '{{datname}}'],
				]),
				graph(both('Size', 'Tamaño'), 'bytes', [['max by (datname) (pg_database_size_bytes)', '{{datname}}']]),
				graph(both('Read from memory', 'Leído de memoria'), 'percentunit', [
					[
						'sum by (datname) (rate(pg_stat_database_blks_hit[$__rate_interval])) / (sum by (datname) (rate(pg_stat_database_blks_hit[$__rate_interval])) + sum by (datname) (rate(pg_stat_database_blks_read[$__rate_interval])))',
						'{{datname}}',
					],
				]),
				graph(both('Log that could not be archived', 'Registro que no se pudo archivar'), 'short', [
					['increase(pg_stat_archiver_failed_count[1h])', '{{instance}}'],
				]),
			],
		},
		{
			title: both('Redis', 'Redis'),
			panels: [
				graph(both('Memory', 'Memoria'), 'bytes', [
					['redis_memory_used_bytes', '{{instance}}'],
					['redis_memory_max_bytes', '{{instance}} limit'],
				]),
				graph(both('Commands per second', 'Órdenes por segundo'), 'short', [
					['rate(redis_commands_processed_total[$__rate_interval])', '{{instance}}'],
				]),
				graph(both('Clients', 'Clientes'), 'short', [['redis_connected_clients', '{{instance}}']]),
			],
		},
	],
};

export const host: Board = {
	id: 'host',
	title: both('Machine', 'Máquina'),
	rows: [
		{
			title: both('Use', 'Uso'),
			panels: [
				graph(both('Processor', 'Procesador'), 'percentunit', [
					['1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))', '{{instance}}'],
				]),
				graph(both('Load for each core', 'Carga por núcleo'), 'short', [
					['node_load5 / on (instance) count by (instance) (node_cpu_seconds_total{mode="idle"})', '{{instance}}'],
				]),
				graph(both('Memory that is free', 'Memoria libre'), 'percentunit', [
					['node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes', '{{instance}}'],
				]),
				graph(both('Disk that is free', 'Disco libre'), 'percentunit', [
					[
						`min by (instance, mountpoint) (node_filesystem_avail_bytes{${disks}} / node_filesystem_size_bytes)`,
						'{{instance}} {{mountpoint}}',
					],
				]),
				graph(both('Disks at work', 'Discos trabajando'), 'percentunit', [
					['rate(node_disk_io_time_seconds_total[$__rate_interval])', '{{instance}} {{device}}'],
				]),
				graph(both('Clock off by', 'Desvío del reloj'), 's', [['abs(node_timex_offset_seconds)', '{{instance}}']]),
			],
		},
	],
};

export const safety: Board = {
	id: 'safety',
	title: both('Backups and certificates', 'Copias y certificados'),
	rows: [
		{
			title: both('Backups', 'Copias de seguridad'),
			panels: [
				figure(
					both('Last good backup', 'Última copia buena'),
					'dateTimeFromNow',
					'max(openccb_backup_last_success_timestamp_seconds) * 1000',
				),
				figure(both('Last verified', 'Última comprobada'), 'dateTimeFromNow', 'max(openccb_backup_last_verified_timestamp_seconds) * 1000'),
				figure(both('Size', 'Tamaño'), 'bytes', 'max(openccb_backup_size_bytes)'),
				graph(both('Age of the last good backup', 'Edad de la última copia buena'), 'dtdurations', [
					['time() - max(openccb_backup_last_success_timestamp_seconds)', 'age'],
				]),
				graph(both('Size over time', 'Tamaño a lo largo del tiempo'), 'bytes', [['max(openccb_backup_size_bytes)', 'size']]),
			],
		},
		{
			title: both('Certificates', 'Certificados'),
			panels: [
				figure(both('The first to end', 'El primero en caducar'), 'dateTimeFromNow', 'min(probe_ssl_earliest_cert_expiry) * 1000'),
				graph(both('Left of each', 'Lo que queda de cada uno'), 'dtdurations', [
					['probe_ssl_earliest_cert_expiry - time()', '{{instance}}'],
				]),
				graph(both('Reached through the proxy', 'Accesible por el proxy'), 'bool_on_off', [['probe_success', '{{instance}}']]),
				graph(both('Time of a request', 'Tiempo de una petición'), 's', [['probe_duration_seconds', '{{instance}}']]),
			],
		},
	],
};
