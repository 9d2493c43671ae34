/** The messages that a message answers, as its entities tell of them. Pure. */

import { asObject, asObjects, type Json, textOf } from '../json.ts';
import { type Citation, toCitation } from './citations.ts';
import { inBrackets } from './named.ts';
import { decodeReferences } from './references.ts';

/** `QuotedReplyEntity` of Microsoft's SDK: what is told lies within it, or beside its type. Of a message that is gone only its id. */
export function readQuotedReplies(activity: Json): Citation[] {
	return asObjects(activity['entities'])
		.filter(({ type }) => textOf(type).toLowerCase() === 'quotedreply')
		.map((entity) => {
			const { messageId, senderName, preview, time, isReplyDeleted } = { ...entity, ...asObject(entity['quotedReply']) };
			const isGone = isReplyDeleted === true;
			const text = isGone ? inBrackets('a message that was deleted') : decodeReferences(textOf(preview)).trim();
			const citation = toCitation('quoted', { id: messageId, author: textOf(senderName), at: time, text });
			return { ...citation, isVouchedFor: true, ...(isGone ? { isGone } : {}) };
		});
}
