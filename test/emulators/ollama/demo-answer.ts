/**
 * The answer that is given when no script is set, in the language of the question: what the passages that came with it say, or short, well formed
 * Markdown that repeats it. A link in it is read first.
 */

import { aboutFile, citedAnswer, recapLines, type Sentence } from './cited-answer.ts';
import { dataCall } from './data-answer.ts';
import type { AnswerScript, ChatBody } from './types.ts';

const SPANISH =
	/[¿¡ñáéíóú]|\b(?:qué|que|cómo|como|cuál|cuándo|dónde|por|para|los|las|una|del|está|hola|gracias|puedes|quiero|el|con|sobre|esta|este|dime)\b/i;

/** In place of a question, as the prompt has it. */
const nothingWritten = '{"asker_wrote":';

/** A pleasant deterministic answer that mentions the last question. */
export function demoAnswer(body: ChatBody): string | AnswerScript {
	const asked = lastQuestion(body);
	const question = asked.length > 120 ? `${asked.slice(0, 119)}…` : asked;
	const isSpanish = SPANISH.test(asked);
	if (body.messages?.at(-1)?.role === 'tool') return toolAnswer(body, isSpanish);
	const recap = recapLines(body);
	if (recap.length > 0) return recap.join('\n');
	const [link] = /https?:\/\/[^\s<>"]+/.exec(asked) ?? [];
	if (link !== undefined && body.messages?.at(-1)?.role === 'user' && isOffered(body, 'read_message')) {
		return { tokens: [], toolCalls: [{ function: { name: 'read_message', arguments: { link } } }] };
	}
	const called = dataCall(asked, body);
	if (called !== null) return called;
	const dropped = asked.startsWith(nothingWritten) ? aboutFile(body) : null;
	if (dropped !== null) return (SPANISH.test(dropped.text) ? inSpanish : inEnglish)(dropped);
	const cited = citedAnswer(body, asked);
	if (cited !== null) return (isSpanish ? inSpanish : inEnglish)(cited);
	return isSpanish ? spanishAnswer(question) : englishAnswer(question);
}

const inSpanish = ({ text, file, mark }: Sentence) => `Según el documento «${file}»: «${text}» ${mark}`;
const inEnglish = ({ text, file, mark }: Sentence) => `According to the document “${file}”: “${text}” ${mark}`;

function isOffered({ tools = [] }: ChatBody, name: string): boolean {
	return tools.some((tool) => (tool as { function?: { name?: unknown } }).function?.name === name);
}

/** What the tool gave, or why it gave nothing, as the program tells it. */
function toolAnswer({ messages = [] }: ChatBody, isSpanish: boolean): string {
	const { tool_result: found, tool_failed: why }: { tool_result?: { text?: unknown }; tool_failed?: unknown } = JSON.parse(
		messages.at(-1)?.content ?? '{}',
	);
	if (why !== undefined)
		return isSpanish
			? `No he podido leer ese mensaje. Al modelo se le ha dicho: «${why}»`
			: `I could not read that message. What the model was told: “${why}”`;
	return isSpanish ? `En ese mensaje pone: «${found?.text}» [1].` : `That message says: “${found?.text}” [1].`;
}

function lastQuestion(body: ChatBody): string {
	const said = body.messages?.filter(({ role }) => role === 'user').map(({ content }) => content ?? '') ?? [];
	const [before = '', last = ''] = said.length > 1 ? said.slice(-2) : ['', ...said];
	const question = (last.startsWith('{') && citedIn(before)) || last;
	return question.replace(/\s+/g, ' ').trim();
}

/** Words that somebody passed on, as the prompt has them: a line of JSON for each message. */
function citedIn(message: string): string {
	const line = message.split('\n').find((one) => one.startsWith('{"cited":'));
	if (line === undefined) return '';
	const { text }: { text?: unknown } = JSON.parse(line);
	return typeof text === 'string' ? text : '';
}

function englishAnswer(question: string): string {
	return `## About your question

You asked: “${question}”. This is a demonstration answer: no language model is connected, so the words are fixed and only show how a reply arrives.

- The text appears **while it is being written**, a few words at a time.
- Lists, *emphasis*, \`code\` and [links](https://example.com/handbook) keep their form on every platform.
- The Stop button ends the answer at once.

\`\`\`sql
SELECT name, remaining_days
FROM holidays
WHERE year = 2026
ORDER BY remaining_days DESC;
\`\`\`

| Step | Who | When |
| --- | --- | --- |
| Ask | You | now |
| Answer | The assistant | a moment later |
| Follow up | You | in this thread |

Write again in this thread to go on.
`;
}

function spanishAnswer(question: string): string {
	return `## Sobre tu pregunta

Has preguntado: «${question}». Esta es una respuesta de demostración: no hay ningún modelo conectado, así que las palabras son fijas y solo enseñan cómo llega una respuesta.

- El texto aparece **mientras se escribe**, unas palabras cada vez.
- Las listas, la *cursiva*, el \`código\` y los [enlaces](https://example.com/manual) conservan su forma en cada plataforma.
- El botón Parar termina la respuesta al momento.

\`\`\`sql
SELECT nombre, dias_restantes
FROM vacaciones
WHERE anio = 2026
ORDER BY dias_restantes DESC;
\`\`\`

| Paso | Quién | Cuándo |
| --- | --- | --- |
| Preguntar | Tú | ahora |
| Responder | El asistente | un momento después |
| Continuar | Tú | en este hilo |

Escribe de nuevo en este hilo para continuar.
`;
}
