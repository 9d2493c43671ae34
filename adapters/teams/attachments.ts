/** The files of a message: what Teams tells of them, and where their bytes are, as far as there is a way for a bot. Pure. */

import type { Attachment } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import { asObject, asObjects, idOf, type Json, textOf } from './json.ts';
import { isHtmlForm } from './reading/attached.ts';
import { readPictureAttachment } from './reading/pictures.ts';

/**
 * Where a file is. `download`: an address that opens it for whoever has it. `inline`: on the connector's own host, for the bot's token.
 * `graph`: attachment `id` of a message, known to Microsoft Graph.
 */
export type FileSource =
	| { way: 'download'; url: string }
	| { way: 'inline'; url: string }
	| { way: 'graph'; teamId: string; groupId: string; messageId: string; id: string };

const downloadType = 'application/vnd.microsoft.teams.file.download.info';

/** The media types of what people share most; Teams names the ending only. */
const mediaTypes: Readonly<Record<string, string>> = {
	csv: 'text/csv',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	html: 'text/html',
	jpeg: 'image/jpeg',
	jpg: 'image/jpeg',
	json: 'application/json',
	md: 'text/markdown',
	pdf: 'application/pdf',
	png: 'image/png',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	txt: 'text/plain',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The box takes ten files at a time ("Send files"), and formatted texts name what was forwarded beside them. What comes beyond is left out. */
const mostFiles = 100;

/** `hasGraph`: whether files in group chats and channels can be fetched at all. */
export function readAttachments(activity: Json, place: Place, hasGraph: boolean): Attachment[] {
	const attachments = asObjects(activity['attachments']).slice(0, mostFiles);
	const direct = attachments.flatMap(readDirect);
	// In a group chat or a channel a file is a tag in the formatted text, and nothing else.
	const shared = place.kind === 'direct' ? [] : attachments.flatMap((attachment) => readTags(attachment, activity, hasGraph));
	const tagged = new Set(shared.map(({ id }) => id));
	const references = attachments.flatMap(readReference).filter(({ id }) => !tagged.has(id));
	return [...direct, ...shared, ...references].slice(0, mostFiles);
}

/** The inverse of what an attachment's `source` was made of; null for anything else. */
export function parseSource(source: string | null): FileSource | null {
	try {
		const { way, url, teamId, groupId, messageId, id } = asObject(JSON.parse(source ?? ''));
		if ((way === 'download' || way === 'inline') && typeof url === 'string') return { way, url };
		if (way !== 'graph') return null;
		return { way, teamId: idOf(teamId), groupId: idOf(groupId), messageId: idOf(messageId), id: idOf(id) };
	} catch {
		return null;
	}
}

function readDirect(attachment: Json): Attachment[] {
	const type = textOf(attachment['contentType']);
	const content = asObject(attachment['content']);
	const name = textOf(attachment['name']);
	const download = textOf(content['downloadUrl']);
	if (type === downloadType && download !== '') {
		const mediaType = mediaTypeOf(name, textOf(content['fileType']));
		const source: FileSource = { way: 'download', url: download };
		return [{ id: idOf(content['uniqueId']), name, mediaType, sizeBytes: null, source: JSON.stringify(source) }];
	}
	const url = textOf(attachment['contentUrl']);
	if (!type.startsWith('image/') || url === '' || readPictureAttachment(attachment) !== null) return [];
	const source: FileSource = { way: 'inline', url };
	return [
		{
			id: idOf(attachment['id']) || url.slice(-100),
			name: name || 'image',
			mediaType: type,
			sizeBytes: null,
			source: JSON.stringify(source),
		},
	];
}

/** A link to a file of OneDrive or SharePoint, which takes somebody's own login to open. */
function readReference(attachment: Json): Attachment[] {
	const name = textOf(attachment['name']);
	if (attachment['contentType'] !== 'reference') return [];
	return [{ id: idOf(attachment['id']), name, mediaType: mediaTypeOf(name), sizeBytes: null, source: null }];
}

function mediaTypeOf(name: string, ending = ''): string {
	return mediaTypes[(ending || name.slice(name.lastIndexOf('.') + 1)).toLowerCase()] ?? 'application/octet-stream';
}

/** Tags of what is attached as something else, a card or a message, are no files. */
function readTags(attachment: Json, activity: Json, hasGraph: boolean): Attachment[] {
	if (!isHtmlForm(attachment)) return [];
	const team = asObject(asObject(activity['channelData'])['team']);
	const attached = new Map(asObjects(activity['attachments']).map((one) => [idOf(one['id']), one]));
	return tagIds(textOf(attachment['content'])).flatMap((id) => {
		const reference = attached.get(id);
		if (reference !== undefined && reference['contentType'] !== 'reference') return [];
		const name = textOf(reference?.['name']);
		const source: FileSource = {
			way: 'graph',
			teamId: idOf(team['id']),
			groupId: idOf(team['aadGroupId']),
			messageId: idOf(activity['id']),
			id,
		};
		return [{ id, name, mediaType: mediaTypeOf(name), sizeBytes: null, source: hasGraph ? JSON.stringify(source) : null }];
	});
}

/** Each once, as far as they are looked for. */
function tagIds(html: string): string[] {
	const ids = new Set<string>();
	for (const [, id] of html.matchAll(/<attachment\s+id="([^"]{1,400})"/gi)) {
		if (idOf(id) !== '') ids.add(idOf(id));
		if (ids.size === mostFiles) break;
	}
	return [...ids];
}
