/** Breaks what chat platforms would read as a mention or broadcast, with a zero-width space that nobody sees. */

/** Put behind the first character of a command, it takes the command away. */
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

/** How much of unfinished code can no longer be changed by what follows. */
export function stableCodeLength(source: string): number {
	const last = source.lastIndexOf('<');
	const isOpen = last >= 0 && source.length - last <= commandCharacters && /^<[!@]?[\w^]*$/.test(source.slice(last));
	return isOpen ? last : source.length;
}

/** Makes an address safe to show: percent-encoded where it would read as a broadcast or as an address with a label. */
export function makeAddressSafe(url: string): string {
	return url.replace(BROADCAST, '%40').replace(/(?<!\\)\|/g, '%7C');
}

/** Makes a link's title safe to show. */
export function makeTitleSafe(title: string): string {
	return title.replace(/<(?=[!@#&\\])/g, `<${mentionBreak}`).replace(BROADCAST, `@${mentionBreak}`);
}
