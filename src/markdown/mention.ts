/** Breaks what chat platforms would read as a mention or broadcast, with a zero-width space that nobody sees. */

/** Put behind the first character of a command, it takes the command away; it stands wherever something was taken out. */
export const mentionBreak = '\u200b';

/** Everything that pings in code too: Slack's own commands and user ids ("Formatting message text"). */
const COMMAND_IN_CODE = /<(?=!(?:channel|here|everyone|subteam\^)|@[UW][A-Z0-9]{1,30}[|>])/gi;

/** The longest text that `COMMAND_IN_CODE` looks at. */
const commandCharacters = 34;

/** The at sign of a broadcast, which some platforms read without any brackets. */
const BROADCAST = /@(?=channel|here|everyone)/gi;

/** Makes code safe to show: commands that would ping are broken, everything else, such as `<!DOCTYPE html>`, stays as it is. */
export function makeCodeSafe(source: string): string {
	return source.includes('<') ? source.replace(COMMAND_IN_CODE, `<${mentionBreak}`) : source;
}

/** The beginning of a character reference, which is text in code, and may be written as such. */
const OPEN_REFERENCE = /&[#a-zA-Z0-9]{0,9}$/;

/** How much of unfinished code can no longer be changed by what follows. */
export function stableCodeLength(source: string): number {
	const reference = OPEN_REFERENCE.exec(source.slice(-commandCharacters))?.[0];
	if (reference !== undefined) return source.length - reference.length;
	const last = source.lastIndexOf('<');
	const isOpen = last >= 0 && source.length - last <= commandCharacters && /^<[!@/]?[\w^]*$/.test(source.slice(last));
	return isOpen ? last : source.length;
}

/** Whatever means something in Markdown or to a platform, in an address that is linked: it may not be one for every reader. */
const UNSAFE_IN_ADDRESS = /@(?=channel|here|everyone)|(?<!\\)\||`|\\?[<>]|&(?:lt|LT|#0{0,5}60|#[xX]0{0,5}3[cC]);|\](?=\()|(?<=!)\[/gi;

/** Makes an address safe to show: percent-encoded where it would read as a broadcast, as code, or as another link. */
export function makeAddressSafe(url: string): string {
	return url.replace(UNSAFE_IN_ADDRESS, (found) => encode(found.length > 1 ? '<' : found, found));
}

/** An address that is refused, as text: nothing in it means anything to a reader, whether it is taken for code or not. */
export function toInertAddress(url: string): string {
	return url.replace(/\s+/g, ' ').replace(/[<>[\]`@!\\|&]/g, (found) => encode(found, found));
}

/** Makes a link's title safe to show. */
export function makeTitleSafe(title: string): string {
	return breakBroadcasts(title.replace(/<(?=[!@#&\\])/g, `<${mentionBreak}`));
}

/** Takes calls for all from a text in which nothing else is read. */
export function breakBroadcasts(text: string): string {
	return text.replace(BROADCAST, `@${mentionBreak}`);
}

function encode(character: string, found: string): string {
	const meant = found.endsWith('>') ? '>' : character;
	return `%${meant.charCodeAt(0).toString(16).toUpperCase()}`;
}
