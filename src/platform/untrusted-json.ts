/** Reading JSON that a platform sent, of which nothing is known: every field may be missing or of another kind. Pure. */

export type Json = Record<string, unknown>;

/**
 * What a body may hold at most. A text costs little to parse, each value in it much more: a megabyte of brackets takes a hundred times as long
 * as a megabyte of words. A message with everything that the platforms document beside its text has some hundred values, and nothing nests
 * deeper than 20. Slack's blocks, which have thousands, are left out before (`adapters/slack/unread.ts`).
 */
const mostValues = 5_000;
const mostDepth = 64;

/** The value of a JSON text; undefined for what is none, or holds more than anything that a platform sends. */
export function parseUntrusted(text: string): unknown {
	if (!isSimple(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** As `parseUntrusted`, but null for whatever is no object. */
export function parseObject(text: string): Json | null {
	const value = parseUntrusted(text);
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** An empty object for whatever is none. */
export function asObject(value: unknown): Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
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
const quote = 0x22;
const comma = 0x2c;
const openingBracket = 0x5b;
const backslash = 0x5c;
const closingBracket = 0x5d;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

/** Counts, without building anything, what `JSON.parse` would build: a value for each comma and each bracket. */
function isSimple(text: string): boolean {
	let values = 0;
	let depth = 0;
	for (let at = 0; at < text.length && values <= mostValues && depth <= mostDepth; at++) {
		switch (text.charCodeAt(at)) {
			case quote:
				at = endOfString(text, at);
				break;
			case comma:
				values++;
				break;
			case openingBracket:
			case openingBrace:
				values++;
				depth++;
				break;
			case closingBracket:
			case closingBrace:
				depth--;
		}
	}
	return values <= mostValues && depth <= mostDepth;
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
