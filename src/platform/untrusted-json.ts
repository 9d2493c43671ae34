/** Reading JSON that a platform sent, of which nothing is known: every field may be missing or of another kind. Pure. */

export type Json = Record<string, unknown>;

/**
 * What a body may hold at most. A text costs little to parse, each value in it much more: a megabyte of brackets takes a hundred times as long
 * as a megabyte of words. Objects cost most when each has other names than those before it, or the same in another order.
 */
export interface JsonLimits {
	/** How many values there are, inner ones too. */
	values: number;
	/** How deep they are nested. */
	depth: number;
	/** How many ways there are in which objects begin, by the names of their fields in order. */
	shapes: number;
}

/**
 * A message with everything that the platforms document beside its text has some hundred values, and nothing nests deeper than 20. What
 * Slack makes of words has thousands (`adapters/slack/readable-body.ts`).
 */
const ordinary: JsonLimits = { values: 5_000, depth: 64, shapes: 5_000 };

/** The value of a JSON text; undefined for what is none, or holds more than anything that a platform sends. */
export function parseUntrusted(text: string): unknown {
	return isWithin(text, ordinary) ? parseJson(text) : undefined;
}

/** As `parseUntrusted`, but null for whatever is no object. */
export function parseObject(text: string): Json | null {
	return objectOrNull(parseUntrusted(text));
}

/** The value of a text that is known to be within limits; undefined for what is no JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export function objectOrNull(value: unknown): Json | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** An empty object for whatever is none. */
export function asObject(value: unknown): Json {
	return objectOrNull(value) ?? {};
}

/** The objects of a list; null and the like in place of a list are an empty one. */
export function asObjects(value: unknown): Json[] {
	return Array.isArray(value) ? value.map(asObject) : [];
}

/** `otherwise` also for an empty text. */
export function textOf(value: unknown, otherwise = ''): string {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** Character codes, so that a megabyte is looked through in two milliseconds. */
const blank = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openingBracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/** Counts, without building anything, what `JSON.parse` would build: a value for each comma and each bracket. */
export function isWithin(text: string, limits: JsonLimits): boolean {
	const shapes = new Set<number>();
	/** Of each object that is open, what its names so far make. */
	const names: number[] = [];
	let values = 0;
	for (let at = 0; at < text.length && values <= limits.values && names.length <= limits.depth && shapes.size <= limits.shapes; at++) {
		switch (text.charCodeAt(at)) {
			case quote: {
				const end = endOfString(text, at);
				if (isName(text, end)) shapes.add(addName(names, text, at, end));
				at = end;
				break;
			}
			case comma:
				values++;
				break;
			case openingBracket:
			case openingBrace:
				values++;
				names.push(0);
				break;
			case closingBracket:
			case closingBrace:
				names.pop();
		}
	}
	return values <= limits.values && names.length <= limits.depth && shapes.size <= limits.shapes;
}

/** Whether the string that ends here names a field. */
function isName(text: string, end: number): boolean {
	let at = end + 1;
	while (text.charCodeAt(at) <= blank) at++;
	return text.charCodeAt(at) === colon;
}

/** Two objects whose names are the same so far have the same number; others nearly never do (Fowler, Noll, Vo: FNV-1a). */
function addName(names: number[], text: string, start: number, end: number): number {
	let hash = (names.at(-1) ?? 0) ^ 0x811c9dc5;
	for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	names[Math.max(names.length - 1, 0)] = hash;
	return hash;
}

/** Where the string that begins at `from` ends; behind the text, if it never does. */
export function endOfString(text: string, from: number): number {
	for (let at = from + 1; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === quote) return at;
		if (code === backslash) at++;
	}
	return text.length;
}
