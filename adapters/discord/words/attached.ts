/** What hangs on a message and is no text: files, voice messages and stickers, each named in brackets. Pure. */

import { asNumber, asObjects, asText, type Json } from '../json.ts';
import { firstOf, named } from './bounds.ts';

/** "Create Message": ten files, three stickers. */
export const mostFiles = 10;
const mostStickers = 3;
/** "Message Flags", IS_VOICE_MESSAGE. */
const voiceFlag = 1 << 13;

/** Each by its name, and behind the last one how many more there are. */
export function filesOf(message: Json): string[] {
	const isVoice = (asNumber(message['flags']) & voiceFlag) !== 0;
	return firstOf(asObjects(message['attachments']), mostFiles, 'files', (file) => (isVoice ? voiceMessage(file) : namedFile(file)));
}

/** `sticker_items`, or the older form of the same. */
export function stickersOf(message: Json): string[] {
	const items = asObjects(message['sticker_items']);
	const stickers = items.length > 0 ? items : asObjects(message['stickers']);
	return firstOf(stickers, mostStickers, 'stickers', (sticker) => named('sticker', asText(sticker['name'])));
}

function voiceMessage({ duration_secs: seconds }: Json): string {
	return named('voice message', typeof seconds === 'number' ? `${Math.round(seconds)} s` : '');
}

/** With the description that its author gave it. */
function namedFile(file: Json): string {
	const kind = /^(image|video|audio)\//.exec(asText(file['content_type']))?.[1] ?? 'file';
	const name = asText(file['title']) || asText(file['filename']);
	const description = asText(file['description']);
	return named(kind, description === '' ? name : `${name}, ${description}`);
}
