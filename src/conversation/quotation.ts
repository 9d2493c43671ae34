/** Words of people as material for the model: nothing in them can end the quotation, pass for somebody else's words, or for a turn of the talk. Pure. */

import { toDisplayName } from '../platform/display-name.ts';

/**
 * Within JSON: what turns lines around or ends them although it is no line feed (marks of direction, U+0085, U+2028, U+2029), what nobody
 * sees (tags of Unicode), and `<`, with which the marks begin that models take for the end of a turn.
 */
const hidden = /[<\u0085\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]|[\u{E0000}-\u{E007F}]/gu;

/** Marks of turns in the templates of models: ChatML and Llama 3 (`<|im_end|>`), DeepSeek (with a wide bar), Gemma, Llama 2 and Mistral. */
const turnMarks =
	/<(?=[|｜][^<>\n]{1,40}[|｜]>|\/?s>|[be]os>|(?:start|end)_of_turn>|<\/?SYS>>)|\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_[A-Z]+|ARGS|THINK|IMG)\])/g;

/** Joins nothing and shows nothing, but the mark is none any more. */
const wordJoiner = '\u2060';

/** `value` as JSON on one line: whatever people wrote stands within the quotes. */
export function quote(value: Readonly<Record<string, unknown>>): string {
	return breakMarks(JSON.stringify(value).replace(hidden, escaped));
}

/** What one person said, named. */
export function quoteSaid(name: string | null, text: string, mark?: string): string {
	return quote({ from: nameOf(name), ...(mark === undefined || mark === '' ? {} : { person: mark }), text });
}

/** A name that can be written down; people without one are somebody. */
export function nameOf(name: string | null): string {
	return toDisplayName(name ?? '') || 'somebody';
}

/** Text that stands for itself, with nothing in it that a model takes for the end of its turn. */
export function breakMarks(text: string): string {
	return text.replace(turnMarks, `$&${wordJoiner}`);
}

function escaped(character: string): string {
	return character
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');
}
