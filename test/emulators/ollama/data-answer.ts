/** What the demonstration model says of the company's databases: when it asks them, which statement it writes over the views that it is given, and its sentence. */

import type { AnswerScript, ChatBody } from './types.ts';

const aboutData = /almac[eé]n|existencias|unidades|stock|pedidos|ventas|clientes|warehouse|units|orders|sales|customers/i;

/** A call of the tool; null where the question is about something else. */
export function dataCall(asked: string, body: ChatBody): AnswerScript | null {
	const isOffered = body.tools?.some((tool) => (tool as { function?: { name?: unknown } }).function?.name === 'query_company_data');
	if (isOffered !== true || body.messages?.at(-1)?.role !== 'user' || !aboutData.test(asked)) return null;
	return { tokens: [], toolCalls: [{ function: { name: 'query_company_data', arguments: { question: asked } } }] };
}

/** Null where something else is asked for. */
export function dataAnswer({ format, messages = [] }: ChatBody): string | null {
	const { properties = {} } = typeof format === 'object' && format !== null ? (format as { properties?: object }) : {};
	const fields = Object.keys(properties).join(' ');
	const last = messages.at(-1)?.content ?? '';
	if (fields === 'sentence') return JSON.stringify({ sentence: sentenceFor(last) });
	if (!fields.startsWith('kind connector sql')) return null;
	const question = last.split('\n').at(-1) ?? '';
	const statement = statements.find(({ about }) => about.test(question));
	const views = messages[0]?.content ?? '';
	if (statement === undefined || !statement.reads.every((view) => views.includes(`view ${view}:`))) {
		return JSON.stringify({ kind: 'refuse', reason: 'not-in-these-data' });
	}
	const connector = /^connector (\S+):/m.exec(views)?.[1] ?? '';
	return JSON.stringify({ kind: 'sql', connector, sql: statement.sql, assumptions: statement.assumptions });
}

/** Over the sample company (`test/connectors/company`). */
const statements = [
	{
		about: /pedidos|orders/i,
		reads: ['pedidos'],
		sql: 'SELECT estado, count(*) AS pedidos FROM pedidos GROUP BY estado ORDER BY pedidos DESC',
		assumptions: ['Se cuentan los pedidos de todo el tiempo'],
	},
	{
		about: /ventas|clientes|sales|customers/i,
		reads: ['ventas'],
		sql: "SELECT ciudad, moneda, sum(unidades * precio) AS total FROM ventas WHERE estado <> 'cancelado' GROUP BY ciudad, moneda ORDER BY total DESC",
		assumptions: ['Sin los pedidos cancelados', 'Cada moneda por separado'],
	},
	{
		about: /./,
		reads: ['almacenes', 'existencias'],
		sql: 'SELECT a.ciudad AS ciudad, sum(e.unidades) AS unidades FROM existencias e JOIN almacenes a ON a.id = e.almacen_id GROUP BY a.ciudad ORDER BY unidades DESC',
		assumptions: [],
	},
];

/** The first row in words. */
function sentenceFor(told: string): string {
	const { question = '', rows = [] }: { question?: string; rows?: (string | null)[][] } = JSON.parse(told);
	const [first = []] = rows;
	const [label, value] = [first[0] ?? '', first.at(-1) ?? ''];
	return /[¿¡áéíóúñ]/i.test(question) ? `El primero es ${label}, con ${value}.` : `The first is ${label}, with ${value}.`;
}
