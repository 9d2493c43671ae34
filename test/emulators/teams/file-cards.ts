/** The two cards with which a bot gives files ("Send files to personal chat"): the question whether somebody takes one, and the file once it is there. */

import { isJson, objectOf, textOf } from './json.ts';
import type { Json, VisibleButton } from './types.ts';

export const fileConsentType = 'application/vnd.microsoft.teams.card.file.consent';
const fileInfoType = 'application/vnd.microsoft.teams.card.file.info';

/** What the client's own buttons are called by here. */
export const fileVerbs = { accept: 'fileConsent/accept', decline: 'fileConsent/decline' };

export function isFileCard({ contentType }: Json): boolean {
	return contentType === fileConsentType || contentType === fileInfoType;
}

export function isWholeFileCard({ contentType, contentUrl, name, content }: Json): boolean {
	if (textOf(name) === '' || !isJson(content)) return false;
	if (contentType === fileInfoType) return textOf(contentUrl) !== '' && textOf(content.uniqueId) !== '' && textOf(content.fileType) !== '';
	const { description, sizeInBytes, acceptContext, declineContext } = content;
	const isSized = Number.isInteger(sizeInBytes) && Number(sizeInBytes) > 0;
	return typeof description === 'string' && isSized && isJson(acceptContext) && isJson(declineContext);
}

/** What a person reads of them. */
export function fileCardText(attachment: Json): string {
	return [textOf(attachment.name), textOf(objectOf(attachment.content).description)].filter((line) => line !== '').join('\n');
}

export function fileCardButtons({ contentType }: Json): VisibleButton[] {
	if (contentType !== fileConsentType) return [];
	const button = (title: string, verb: string): VisibleButton => ({ title, type: 'Action.Execute', verb, data: {}, url: undefined });
	return [button('Allow', fileVerbs.accept), button('Decline', fileVerbs.decline)];
}
