/** How models mark their reasoning where it stands among the words of an answer: the marks of each family, and how a text is read for them. */

interface Pair {
	opening: string;
	closing: string;
}

/** Where they are from: Ollama's parsers (model/parsers, version 0.33), and the templates of the families named. In angles the case is free. */
const pairs: readonly Pair[] = [
	// DeepSeek R1, Qwen, GLM, Kimi K2, Nemotron, EXAONE, Granite; by fine-tuning many others.
	...['think', 'thinking', 'thought', 'thoughts', 'reason', 'reasoning'].map(tagged),
	// Seed-OSS; MiniMax.
	...['seed:think', 'mm:think'].map(tagged),
	// Magistral.
	{ opening: '[THINK]', closing: '[/THINK]' },
	// Kimi-VL and Kimi-Dev.
	{ opening: '◁think▷', closing: '◁/think▷' },
	// OpenThoughts, Sky-T1.
	{ opening: '<|begin_of_thought|>', closing: '<|end_of_thought|>' },
	// Cohere.
	{ opening: '<|start_thinking|>', closing: '<|end_thinking|>' },
	// Apertus.
	{ opening: '<|inner_prefix|>', closing: '<|inner_suffix|>' },
	// Gemma 4: the name of the channel stands behind the opening.
	{ opening: '<|channel>', closing: '<channel|>' },
];

/** They stand around the answer of OpenThoughts and of Cohere, and say nothing of it. */
const wrappings = [
	...['<|begin_of_solution|>', '<|end_of_solution|>'],
	...['<|start_response|>', '<|end_response|>', '<|start_text|>', '<|end_text|>'],
];

/** Harmony, the form of gpt-oss, and its like: a header, which names a channel or who is spoken to, then `message`, the text, and an end. */
export const harmony = {
	headers: ['<|start|>', '<|channel|>'],
	channel: '<|channel|>',
	message: '<|message|>',
	ends: ['<|end|>', '<|return|>', '<|call|>', '<|eom|>', '<|eot|>'],
};

/** What a mark does: a string is the mark that closes what this one opens. */
type MarkRole = { closedBy: string } | 'closing' | 'wrapping' | 'header' | 'message' | 'end';

const roles = new Map<string, MarkRole>([
	...pairs.map(({ opening, closing }) => [opening, { closedBy: closing }] as const),
	...pairs.map(({ closing }) => [closing, 'closing'] as const),
	...wrappings.map((mark) => [mark, 'wrapping'] as const),
	...harmony.headers.map((mark) => [mark, 'header'] as const),
	[harmony.message, 'message'],
	...harmony.ends.map((mark) => [mark, 'end'] as const),
]);

const longest = Math.max(...[...roles.keys()].map((mark) => mark.length));

/** What every mark begins with. */
export const markStart = /[<[◁]/;

export interface Mark {
	/** As it is listed here. */
	name: string;
	role: MarkRole;
}

/** The mark that a text begins with, null for none. `partial`: what comes next may make it one. */
export function markAt(text: string): Mark | null | 'partial' {
	const beginning = text.slice(0, longest);
	const folded = beginning.toLowerCase();
	let isPartial = false;
	for (const [name, role] of roles) {
		const spelled = name.startsWith('[') ? beginning : folded;
		if (spelled.startsWith(name)) return { name, role };
		isPartial ||= name.startsWith(spelled);
	}
	return isPartial ? 'partial' : null;
}

/** Finds any of these marks in a text. */
export function findingMarks(names: readonly string[]): RegExp {
	return new RegExp(names.map((name) => RegExp.escape(name)).join('|'), names.some((name) => name.startsWith('[')) ? 'g' : 'gi');
}

/** Whether what follows this header is for the reader: from the model itself, in the final channel or in none, and to nobody else. */
export function isForReader(header: string): boolean {
	const role = /^<\|start\|>\s*([\w-]*)/i.exec(header)?.[1] ?? '';
	const channel = /.*<\|channel\|>\s*([\w-]*)/is.exec(header)?.[1] ?? '';
	const recipient = /\bto=([\w.-]+)/.exec(header)?.[1] ?? 'user';
	return ['', 'assistant'].includes(role.toLowerCase()) && ['', 'final'].includes(channel.toLowerCase()) && recipient === 'user';
}

function tagged(name: string): Pair {
	return { opening: `<${name}>`, closing: `</${name}>` };
}
