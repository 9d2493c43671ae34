/** Words of people as material for the model: nothing in them can end the quotation, pass for somebody else's words, or for a turn of the talk. Pure. */

import { toDisplayName } from '../platform/display-name.ts';

/** What nobody sees and a model reads: tags of Unicode, further selectors, marks of direction, zero width but for joiners, which scripts need. */
const unseen = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]|[\u{E0000}-\u{E01EF}]/gu;

/** Within JSON: what ends lines although it is no line feed, and `<`, with which the marks begin that models take for the end of a turn. */
const hidden = /[<\u0085\u2028\u2029]/g;

/** A mark of a source, as a model would write it; what stands behind a word is an index of code. */
const citationMark = /(?<![\p{L}\p{N}_)\]])(?:\[(?=[\^[]?(?:fuente |source )?#?\d{1,3}\D)|【(?=\d))/giu;

/**
 * Words that stand in marks of templates and not in tags or types of ordinary code, alone or behind the name of a family (`seed:eos`). What
 * looks like a mark but is something that people paste, as `<file_name>` or `<uint8_t>`, is none.
 */
const markWords = [
	's|unk|pad|sep|cls|gmask|sop|eop|bo[stad]|eo[stdahm]|endoftext|think',
	String.raw`(?:start|end|begin|beginning)_of_\w+|(?:bos|eos|eop|pad|unk|sep|cls|mask)_token|\w+_soft_token`,
	'tool_(?:call|response|result|output|use|list|declare|sep)s?|function_(?:call|response|result)s?|tools',
	String.raw`(?:extra_id|tokens_unused|reserved|reserved_token|special|special_token|unused)_?\d+|fim_\w+`,
].join('|');

/**
 * Marks of turns in the templates of models, by their forms. In angles: a word between bars, ordinary or wide (ChatML, Llama 3, DeepSeek), or
 * with a bar on one side (Gemma 4), whatever the word has within, but no blank at its beginning, which operators of languages have; a word of
 * the list (Gemma, T5, SmolVLM, Command R, Seed, Qwen); `<<SYS>>` (Llama 2).
 */
const angleMarks = new RegExp(
	String.raw`<(?=[|｜](?![\s>])[^\n]{0,80}?[^\s][|｜]>|[|｜]\w{2,40}>|\w{2,40}[|｜]>|/?(?:\w{1,20}:)?(?:${markWords})>|</?SYS>>)`,
	'gi',
);
/** In brackets: a word between bars (EXAONE), words in capitals (Mistral, GLM), and what MiniMax has. They are live within JSON, too. */
const bracketMarks =
	/\[(?=[|｜]\/?[A-Za-z_]{3,40}[|｜]\]|\/?(?:INST|(?:SYSTEM|USER|ASSISTANT)_PROMPT|AVAILABLE_TOOLS|TOOL_[A-Z]+|ARGS|CALL_ID|THINK|MODEL_SETTINGS|IMG(?:_[A-Z]+)?|(?:BEGIN_)?AUDIO|[gs]MASK)\]|e~\[)|\](?=~!?b[[\]])/g;

/** Joins nothing and shows nothing, but the mark is none any more. */
const wordJoiner = '\u2060';

/** `value` as JSON on one line: whatever people wrote stands within the quotes. */
export function quote(value: Readonly<Record<string, unknown>>): string {
	return breakMarks(JSON.stringify(value).replace(unseen, '').replace(hidden, escaped));
}

/** A name that can be written down; people without one are somebody. */
export function nameOf(name: string | null): string {
	return toDisplayName(name ?? '') || 'somebody';
}

/** The same value with blanks in it, so that nothing in its texts passes for the mark of a source, with which the model would vouch for what it says. */
export function withoutCitations(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutMark(field)]));
}

function withoutMark(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(citationMark, '$& ');
	if (Array.isArray(value)) return value.map(withoutMark);
	return typeof value === 'object' && value !== null ? withoutCitations(value as Record<string, unknown>) : value;
}

/** Text that stands for itself, with nothing in it that a model takes for the end of its turn. */
export function breakMarks(text: string): string {
	return text.replace(angleMarks, `$&${wordJoiner}`).replace(bracketMarks, `$&${wordJoiner}`);
}

function escaped(character: string): string {
	return character
		.split('')
		.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.join('');
}
