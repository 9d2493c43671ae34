/** Every entity, for the ORM. */

import { AdapterFact } from './adapter-fact.ts';
import { Conversation, ConversationParticipant } from './conversation.ts';
import { Identity } from './identity.ts';
import { InboxEntry } from './inbox-entry.ts';
import { Feedback, Message } from './message.ts';
import { ReplyPart } from './reply-part.ts';
import { User } from './user.ts';

export const entities = [
	User,
	Identity,
	Conversation,
	ConversationParticipant,
	Message,
	Feedback,
	InboxEntry,
	ReplyPart,
	AdapterFact,
] as const;
