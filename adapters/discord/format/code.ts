/** Fenced code in Discord's form: backticks only, three of them, and no second fence inside. Pure. */

import { barsLanguage } from '#src/markdown/bars.ts';
import { mentionBreak } from '#src/markdown/mention.ts';

const OPENING = /^(?<before>[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t>]+)*)(?<marker>`{3,}|~{3,})[ \t]*(?<info>[^\n]*)/;
/** What Discord takes for a language's name; anything else would be shown as the first line of the code. */
const LANGUAGE = /^[a-z0-9_+\-.#]{1,40}$/i;

/** A fence with its opening line and, if it has one, its closing line; marks of quotes and list items stay before it. */
export function renderCode(fence: string): string {
	const { before = '', marker = '', info = '' } = OPENING.exec(fence)?.groups ?? {};
	if (marker === '') return fence;
	const lines = fence.replace(/\n$/, '').split('\n').slice(1);
	const last = withoutMarks(lines.at(-1) ?? '', before).trim();
	if (last.length >= marker.length && last === marker.charAt(0).repeat(last.length)) lines.pop();
	const code = lines.map((line) => withoutMarks(line, before)).join('\n');
	const [named = ''] = info.trim().split(/\s/, 1);
	// No language that Discord knows.
	const word = named === barsLanguage ? '' : named;
	const quote = before.includes('>') ? '> ' : '';
	const item = /(?:[-+*]|\d{1,9}[.)])(?=[ \t])/.exec(before)?.[0].replace(/[+*]/, '-').replace(')', '.');
	// An item's marker on a line of its own: Discord takes code out of the item, and everybody else has to read it so too.
	const itemLine = item === undefined ? [] : [`${quote}${item} ${mentionBreak}`];
	const opening = `${quote}\`\`\`${LANGUAGE.test(word) ? word : ''}`;
	// An empty fence would be shown as six backticks.
	const body = (code.trim() === '' ? ' ' : code.replace(/``(?=`)/g, `\`\`${mentionBreak}`)).split('\n');
	return [...itemLine, opening, ...body.map((line) => quote + line), `${quote}\`\`\``].join('\n') + (fence.endsWith('\n') ? '\n' : '');
}

/** Without as many marks of quotes, and as much indentation, as the fence's opening has before it. */
function withoutMarks(line: string, before: string): string {
	let rest = line;
	for (let depth = before.split('>').length - 1; depth > 0 && /^[ \t]*>/.test(rest); depth--) rest = rest.replace(/^[ \t]*>[ \t]?/, '');
	const indent = before.slice(before.lastIndexOf('>') + 1).length - (before.includes('>') ? 1 : 0);
	return indent > 0 ? rest.replace(new RegExp(`^[ \\t]{1,${Math.min(indent, 40)}}`), '') : rest;
}
