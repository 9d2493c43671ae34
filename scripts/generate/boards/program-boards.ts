/** Boards of what the program itself does: as a whole, how it delivers, how it queues, what it knows, and what it asks databases. */

import { type Board, both, figure, graph } from './board.ts';
import { halfAndMost, perMinute } from './quantiles.ts';

const failed = 'outcome=~"interrupted|failed|curtailed|undelivered",code!="RATE_LIMITED"';

export const overview: Board = {
	id: 'overview',
	title: both('Overview', 'Resumen'),
	rows: [
		{
			title: both('Now', 'Ahora'),
			panels: [
				figure(both('Version', 'Versión'), 'short', 'max by (version) (openccb_build_info)', { legend: '{{version}}' }),
				figure(both('Processes', 'Procesos'), 'short', 'sum(up{job="openccb"})'),
				figure(both('Runs since', 'Funciona desde'), 'dateTimeFromNow', 'min(process_start_time_seconds{job="openccb"}) * 1000'),
				figure(both('Answers in 24 h', 'Respuestas en 24 h'), 'short', 'sum(increase(openccb_replies_total[24h]))'),
				figure(both('Being written', 'Escribiéndose'), 'short', 'sum(openccb_running_turns)'),
				figure(both('Failed in the last hour', 'Fallidas en la última hora'), 'percentunit', 'openccb:answers_missed:ratio_rate1h'),
			],
		},
		{
			title: both('Questions and answers', 'Preguntas y respuestas'),
			panels: [
				graph(both('Events per minute', 'Eventos por minuto'), 'short', [perMinute('events_total', 'platform, result')]),
				graph(both('Answers per minute, by end', 'Respuestas por minuto, según su final'), 'short', [
					perMinute('replies_total', 'outcome'),
				]),
				graph(both('Failures per minute, by code', 'Fallos por minuto, según código'), 'short', [
					[`sum by (platform, code) (rate(openccb_replies_total{${failed}}[$__rate_interval])) * 60`, '{{platform}} {{code}}'],
				]),
				graph(both('First sign', 'Primera señal'), 's', halfAndMost('time_to_sign', 'platform')),
				graph(both('First text', 'Primer texto'), 's', halfAndMost('time_to_first_text', 'platform')),
				graph(both('Last token to final text', 'Del último token al texto final'), 's', halfAndMost('time_to_final_text', 'platform')),
				graph(both('Events handled per minute', 'Eventos tratados por minuto'), 'short', [perMinute('events_handled_total', 'outcome')]),
				graph(
					both('Refused before any work, per minute', 'Rechazado antes de hacer nada, por minuto'),
					'short',
					[perMinute('intake_rejected_total', 'platform, reason')],
					{
						needs: 'requests that are refused',
					},
				),
				graph(
					both('Ratings in an hour', 'Valoraciones en una hora'),
					'short',
					[['sum by (rating) (increase(openccb_feedback_total[1h]))', '{{rating}}']],
					{ needs: 'ratings' },
				),
			],
		},
		{
			title: both('What is promised', 'Lo prometido'),
			panels: [
				graph(both('Share that was missed, in 6 h', 'Parte incumplida, en 6 h'), 'percentunit', [
					['openccb:answers_missed:ratio_rate6h', 'answers 1 %'],
					['openccb:signs_missed:ratio_rate6h', 'signs 1 %'],
					['openccb:finals_missed:ratio_rate6h', 'finals 5 %'],
				]),
				graph(both('Parts that are not up', 'Partes que no funcionan'), 'bool_on_off', [
					['max by (part, state) (openccb_part_state{state!="up"})', '{{part}} {{state}}'],
				]),
				graph(both('Alerts', 'Avisos'), 'short', [['count by (alertname) (ALERTS{alertstate="firing"})', '{{alertname}}']]),
				graph(
					both('Told in the operations channel, in a day', 'Contado en el canal de operaciones, en un día'),
					'short',
					[['sum by (outcome) (increase(openccb_alerts_told_total[24h]))', '{{outcome}}']],
					{
						needs: 'an operations channel',
					},
				),
				graph(
					both('Last sign of the monitoring', 'Última señal de la monitorización'),
					'dtdurations',
					[['time() - max(openccb_alerts_heard_timestamp_seconds)', 'age']],
					{
						needs: 'an operations channel',
					},
				),
			],
		},
		{
			title: both('The processes', 'Los procesos'),
			panels: [
				graph(both('Processor', 'Procesador'), 'percentunit', [
					['rate(process_cpu_seconds_total{job="openccb"}[$__rate_interval])', '{{instance}}'],
				]),
				graph(both('Spans of traces per minute', 'Tramos de trazas por minuto'), 'short', [perMinute('trace_spans_total', 'outcome')], {
					needs: 'a collector of traces',
				}),
				graph(both('Memory', 'Memoria'), 'bytes', [['process_resident_memory_bytes{job="openccb"}', '{{instance}}']]),
				graph(both('Lag of the event loop', 'Retraso del bucle de eventos'), 's', [
					['nodejs_eventloop_lag_p99_seconds{job="openccb"}', '{{instance}}'],
				]),
			],
		},
	],
};

export const delivery: Board = {
	id: 'delivery',
	title: both('Delivery', 'Entrega'),
	rows: [
		{
			title: both('Calls to platforms', 'Llamadas a las plataformas'),
			panels: [
				graph(both('Calls per minute', 'Llamadas por minuto'), 'short', [perMinute('platform_calls_total', 'platform, operation')]),
				graph(both('How long calls waited', 'Cuánto esperaron las llamadas'), 's', halfAndMost('platform_wait', 'platform')),
				graph(both('Edits per minute', 'Ediciones por minuto'), 'short', [perMinute('reply_updates_total', 'platform')]),
				graph(
					both('Refused as too many, per minute', 'Rechazadas por demasiadas, por minuto'),
					'short',
					[perMinute('platform_limited_total', 'platform, operation')],
					{
						needs: 'refusals of a platform',
					},
				),
				graph(
					both('Pauses that platforms asked for', 'Pausas que pidieron las plataformas'),
					's',
					[['sum by (platform) (increase(openccb_platform_limited_pause_seconds_total[$__rate_interval]))', '{{platform}}']],
					{ needs: 'refusals of a platform' },
				),
				graph(both('Detours per minute', 'Rodeos por minuto'), 'short', [perMinute('delivery_detours_total', 'platform, reason')], {
					needs: 'detours',
				}),
				graph(
					both('Not shown whole, in an hour', 'No mostradas enteras, en una hora'),
					'short',
					[['sum by (platform, reason) (increase(openccb_replies_undelivered_total[1h]))', '{{platform}} {{reason}}']],
					{
						needs: 'answers that a platform did not show',
					},
				),
			],
		},
	],
};

export const queue: Board = {
	id: 'queue',
	title: both('Queue and fairness', 'Cola y reparto'),
	rows: [
		{
			title: both('Waiting for a model', 'Esperando a un modelo'),
			panels: [
				figure(both('Waiting now', 'Esperan ahora'), 'short', 'sum(openccb_model_queue_length)'),
				figure(both('Slots', 'Huecos'), 'short', 'sum(max by (model, host) (openccb_model_slots))'),
				figure(both('Slots taken', 'Huecos ocupados'), 'short', 'sum(openccb_model_active_requests)'),
				graph(both('Waiting', 'Esperan'), 'short', [['sum(openccb_model_queue_length)', 'requests']]),
				graph(both('How long they waited', 'Cuánto esperaron'), 's', halfAndMost('model_queue_wait')),
				graph(
					both('Refused by limits, in an hour', 'Rechazadas por límites, en una hora'),
					'short',
					[['sum by (limit) (increase(openccb_refusals_total[1h]))', '{{limit}}']],
					{
						needs: 'people who reach a limit',
					},
				),
			],
		},
		{
			title: both('Inbox', 'Buzón'),
			panels: [
				graph(both('Events in the inbox', 'Eventos en el buzón'), 'short', [['max by (state) (openccb_inbox_events)', '{{state}}']]),
				graph(both('The oldest has waited', 'El más antiguo espera desde hace'), 's', [['max(openccb_inbox_oldest_seconds)', 'oldest']]),
				graph(both('Answers being written', 'Respuestas escribiéndose'), 'short', [
					['sum by (instance) (openccb_running_turns)', '{{instance}}'],
				]),
			],
		},
		{
			title: both('Jobs', 'Trabajos'),
			panels: [
				graph(both('Jobs', 'Trabajos'), 'short', [['max by (kind, state) (openccb_jobs)', '{{kind}} {{state}}']], {
					needs: 'jobs that wait',
				}),
				graph(
					both('The oldest waits for', 'El más antiguo espera desde hace'),
					's',
					[['max by (kind) (openccb_jobs_oldest_seconds)', '{{kind}}']],
					{
						needs: 'jobs that wait',
					},
				),
				graph(both('Tries in an hour', 'Intentos en una hora'), 'short', [
					['sum by (kind, outcome) (increase(openccb_job_tries_total[1h]))', '{{kind}} {{outcome}}'],
				]),
			],
		},
	],
};

export const knowledge: Board = {
	id: 'knowledge',
	title: both('Knowledge', 'Conocimiento'),
	rows: [
		{
			title: both('Documents on their way in', 'Documentos que entran'),
			panels: [
				graph(both('Files in an hour, by what became of them', 'Archivos en una hora, según su resultado'), 'short', [
					['sum by (outcome) (increase(openccb_documents_total[1h]))', '{{outcome}}'],
				]),
				graph(both('One file in each stage', 'Un archivo en cada etapa'), 's', halfAndMost('ingest_stage', 'stage')),
				graph(both('Passages that got vectors, per minute', 'Pasajes con vectores, por minuto'), 'short', [
					['sum(rate(openccb_passages_embedded_total[$__rate_interval])) * 60', 'passages'],
				]),
				graph(
					both('Files that wait', 'Archivos que esperan'),
					'short',
					[['max by (kind) (openccb_jobs{state="waiting",kind=~"ingest-file|index-document|embed.*"})', '{{kind}}']],
					{
						needs: 'files that wait',
					},
				),
				graph(
					both('Asked for by night, in a day', 'Comprobados de noche, en un día'),
					'short',
					[['sum by (outcome) (increase(openccb_files_reconciled_total[24h]))', '{{outcome}}']],
					{
						needs: 'a night with files from chats',
					},
				),
			],
		},
		{
			title: both('Searching and citing', 'Buscar y citar'),
			panels: [
				graph(both('One search', 'Una búsqueda'), 's', halfAndMost('retrieval', 'by')),
				graph(both('Searches per minute', 'Búsquedas por minuto'), 'short', [
					['sum by (by, outcome) (rate(openccb_retrieval_seconds_count[$__rate_interval])) * 60', '{{by}} {{outcome}}'],
				]),
				graph(both('Marks of sources in an hour', 'Marcas de fuentes en una hora'), 'short', [
					['sum by (outcome) (increase(openccb_citation_marks_total[1h]))', '{{outcome}}'],
				]),
			],
		},
	],
};

export const connectors: Board = {
	id: 'connectors',
	title: both('Connectors and tools', 'Conectores y herramientas'),
	rows: [
		{
			title: both("The company's databases", 'Las bases de datos de la empresa'),
			panels: [
				graph(
					both('Questions in an hour', 'Preguntas en una hora'),
					'short',
					[['sum by (connector, outcome) (increase(openccb_data_questions_total[1h]))', '{{connector}} {{outcome}}']],
					{
						needs: 'a connector',
					},
				),
				graph(both('One statement', 'Una sentencia'), 's', halfAndMost('data_query', 'connector'), { needs: 'a connector' }),
				graph(
					both('Tools that models called, in an hour', 'Herramientas que llamaron los modelos, en una hora'),
					'short',
					[['sum by (tool, code) (increase(openccb_tool_calls_total[1h]))', '{{tool}} {{code}}']],
					{
						needs: 'a model that calls tools',
					},
				),
			],
		},
	],
};
