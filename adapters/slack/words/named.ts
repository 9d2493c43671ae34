/** What in a message is no text, by its name: files, pictures, buttons and fields to fill in. Pure. */

import { asObject, asObjects, type Json, textOf } from '#src/platform/untrusted-json.ts';
import type { Page } from './page.ts';

/** A message has ten files ("Working with files"); one that was forwarded brings its own. */
export const mostFiles = 100;

/** Kinds of files that Slack itself makes, by `filetype` or `subtype`, and what people call them. */
const ownKinds: ReadonlyMap<string, string> = new Map(
	Object.entries({
		slack_audio: 'an audio message',
		slack_video: 'a video message',
		quip: 'canvas',
		canvas: 'canvas',
		list: 'list',
		email: 'email',
	}),
);

/** States of a file in which there is nothing to see but that it was there ("File object", `mode`). */
const goneModes: ReadonlyMap<string, string> = new Map(
	Object.entries({
		tombstone: 'a file that was deleted',
		hidden_by_limit: 'a file that Slack does not show any more',
	}),
);

/** A file, with what was said in it where Slack shows that. */
export function nameFile(file: Json, page: Page): string {
	const gone = goneModes.get(textOf(file['mode']));
	if (gone !== undefined) return page.name(gone);
	const ownKind = ownKinds.get(textOf(file['subtype'])) ?? ownKinds.get(textOf(file['filetype']));
	const spoken = textOf(asObject(asObject(file['transcription'])['preview'])['content']);
	if (ownKind?.startsWith('a') === true) return page.name(ownKind, spoken);
	const title = textOf(file['subject'], textOf(file['title']));
	return page.name(ownKind ?? kindOf(textOf(file['mimetype'])), ownKind === undefined ? textOf(file['name'], title) : title);
}

export function nameFiles(files: unknown, page: Page): string[] {
	return asObjects(files)
		.slice(0, mostFiles)
		.map((file) => nameFile(file, page));
}

/** A picture: its title and what it shows, once where they are the same; else the last part of its address. */
export function nameImage(image: Json, page: Page): string {
	const [title, shown] = [visibleText(image['title']), textOf(image['alt_text'])];
	const label = title === shown ? title : [title, shown].filter(Boolean).join(' – ');
	return page.name('image', label || fileNameOf(textOf(image['image_url'])));
}

export function nameVideo(video: Json, page: Page): string {
	const by = [visibleText(video['title']) || textOf(video['alt_text']), video['author_name'], video['provider_name']];
	return page.name(
		'video',
		by
			.map((part) => textOf(part))
			.filter(Boolean)
			.join(', '),
	);
}

/** The last part of an address. */
export function fileNameOf(url: string): string {
	return URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '';
}

/** A button or a field: what is written on it, what is chosen in it, or what could be. */
export function nameControl(control: Json, page: Page): string {
	const type = textOf(control['type']);
	const kind = /select|radio|checkbox|overflow/.test(type) ? 'choice' : /button/.test(type) ? 'button' : 'field';
	return page.name(kind, labelsOf(control).filter(Boolean).join(', '));
}

/** The words on a control; of options all those that stand open. */
function labelsOf(control: Json): string[] {
	const halves = [control['positive_button'], control['negative_button']].map((half) => visibleText(asObject(half)['text']));
	const own = [visibleText(control['text']), textOf(control['url']), ...halves];
	const isOpen = /radio|checkbox/.test(textOf(control['type']));
	const chosen = [control['initial_option'], ...asObjects(control['initial_options'])];
	const options = (isOpen ? asObjects(control['options']) : chosen).map((option) => visibleText(asObject(option)['text']));
	const values = ['initial_date', 'initial_time', 'initial_value'].map((name) => textOf(control[name]));
	const labels = [...own, ...options, ...values];
	return labels.some(Boolean) ? labels : [visibleText(control['placeholder'])];
}

/** The text of a text object, or of what is just a text. */
export function visibleText(value: unknown): string {
	return typeof value === 'string' ? value : textOf(asObject(value)['text']);
}

function kindOf(mediaType: string): string {
	return /^(image|video|audio)\//.exec(mediaType)?.[1] ?? 'file';
}
