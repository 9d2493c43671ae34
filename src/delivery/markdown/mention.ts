/** Breaks what chat platforms would read as a mention or broadcast, with a zero-width space that nobody sees. */

const BREAK = '\u200b';

/** Everything that pings in code too: Slack's own commands and user ids ("Formatting message text"). */
const COMMAND_IN_CODE = /<(?=!(?:channel|here|everyone|subteam\^)|@[UW][A-Z0-9]{1,30}[|>])/gi;

/** The longest text that `COMMAND_IN_CODE` looks at. */
const commandCharacters = 34;

const broadcasts = ['channel', 'here', 'everyone'];

/** What a scanner found at one place: what to write for `length` characters. `isOpen` when more text could change that. */
export interface Reading {
	output: string;
	length: number;
	isOpen: boolean;
}

/** Makes code safe to show: commands that would ping are broken, everything else, such as `<!DOCTYPE html>`, stays as it is. */
export function makeCodeSafe(source: string): string {
	return source.includes('<') ? source.replace(COMMAND_IN_CODE, `<${BREAK}`) : source;
}

/** How much of unfinished code can no longer be changed by what follows. */
export function stableCodeLength(source: string): number {
	const last = source.lastIndexOf('<');
	const isOpen = last >= 0 && source.length - last <= commandCharacters && /^<[!@]?[\w^]*$/.test(source.slice(last));
	return isOpen ? last : source.length;
}

/** Reads `@channel`, `@here` and `@everyone` at an at sign. */
export function readAt(text: string, at: number): Reading {
	const rest = text.slice(at + 1, at + 9).toLowerCase();
	const isBroadcast = broadcasts.some((name) => rest.startsWith(name));
	const isOpen = !isBroadcast && at + 1 + rest.length === text.length && broadcasts.some((name) => name.startsWith(rest));
	return { output: isBroadcast ? `@${BREAK}` : '@', length: 1, isOpen };
}

/** A bracket, or the entity of one, of `length` characters: broken when a command's next character follows, itself possibly escaped. */
export function readBracket(text: string, at: number, length: number): Reading {
	const next = text[at + length];
	const bracket = text.slice(at, at + length);
	return { output: next !== undefined && '!@#&\\'.includes(next) ? bracket + BREAK : bracket, length, isOpen: next === undefined };
}

/** Makes an address safe to show: percent-encoded where it would read as a command, a label or a broadcast. */
export function makeAddressSafe(url: string): string {
	return url.replace(/@(?=channel|here|everyone)/gi, '%40').replace(/(?<!\\)\|/g, '%7C');
}

/** Makes a link's title safe to show. */
export function makeTitleSafe(title: string): string {
	return title.replace(/<(?=[!@#&\\])/g, `<${BREAK}`).replace(/@(?=channel|here|everyone)/gi, `@${BREAK}`);
}

export { BREAK as mentionBreak };
