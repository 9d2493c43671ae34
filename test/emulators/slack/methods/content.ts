/** What a message says: the text, blocks and metadata arguments shared by post, update, ephemeral and stream calls, with their limits. */

import { optionalText } from '../arguments.ts';
import { checkBlocks } from '../blocks.ts';
import { type Block, type Json, SlackFailure } from '../types.ts';
import { isJson } from '../visible-text.ts';

export interface Content {
	text: string;
	blocks: Block[];
	metadata: Json | undefined;
	/** Whether the text was cut at Slack's hard limit. */
	truncated: boolean;
}

/** `chat.postMessage`: text is cut after 40,000 characters, with the warning `message_truncated`. */
const hardTextLimit = 40_000;
/** `markdown_text` of one call, in characters. */
const markdownTextLimit = 12_000;

/** @throws SlackFailure `no_text`, `markdown_text_conflict`, `msg_too_long`, `invalid_metadata_format` and those of blocks. */
export function readContent(given: Json): Content {
	const text = optionalText(given, 'text') ?? '';
	const markdown = readMarkdownText(given);
	const blocks = checkBlocks(given.blocks);
	if (markdown !== undefined && (text !== '' || blocks.length > 0)) throw new SlackFailure('markdown_text_conflict');
	if (markdown === undefined && text === '' && blocks.length === 0) throw new SlackFailure('no_text');
	return {
		text: (markdown ?? text).slice(0, hardTextLimit),
		blocks: markdown === undefined ? blocks : checkBlocks([{ type: 'markdown', text: markdown }]),
		metadata: readMetadata(given.metadata),
		truncated: text.length > hardTextLimit,
	};
}

/** @throws SlackFailure `msg_too_long` past 12,000 characters. */
export function readMarkdownText(given: Json): string | undefined {
	const markdown = optionalText(given, 'markdown_text');
	if (markdown !== undefined && markdown.length > markdownTextLimit) throw new SlackFailure('msg_too_long');
	return markdown;
}

/** @throws SlackFailure `invalid_metadata_format` unless there is an event_type and an event_payload. */
export function readMetadata(value: unknown): Json | undefined {
	if (value === undefined || value === '') return undefined;
	if (!isJson(value) || typeof value.event_type !== 'string' || !isJson(value.event_payload))
		throw new SlackFailure('invalid_metadata_format');
	return value;
}
