/** Every entity, for the ORM. */

import { AdapterFact } from './adapter-fact.ts';
import { ApiToken } from './api-token.ts';
import { AuditEntry } from './audit-entry.ts';
import { Broadcast, BroadcastPost } from './broadcast.ts';
import { Channel, ChannelMember } from './channel.ts';
import { Confirmation } from './confirmation.ts';
import { ConnectorDecision, ConnectorQuery } from './connector.ts';
import { Conversation, ConversationParticipant } from './conversation.ts';
import { DefaultModel } from './default-model.ts';
import { ChannelReader, Document, DocumentPlacement, StoredChunk } from './document.ts';
import { KeptEvaluationRun } from './evaluation-run.ts';
import { FeedbackCase, FeedbackCaseDocument } from './feedback-case.ts';
import { FileBackfill } from './file-backfill.ts';
import { Identity, UnmetAccount } from './identity.ts';
import { InboxEntry } from './inbox-entry.ts';
import { RemovedQuestion, WebNotice } from './kept-for-a-day.ts';
import { LinkAttempts, LinkCode } from './link.ts';
import { LocalAccount, PasswordLink } from './local-account.ts';
import { Feedback, Message } from './message.ts';
import { ModelChoice } from './model-choice.ts';
import { ReplyPart } from './reply-part.ts';
import { Role, RoleMapping, Tenant } from './role.ts';
import { Upload } from './upload.ts';
import { User } from './user.ts';
import { WebAccount } from './web-account.ts';
import { SignInCode, SignInLink, WebSession } from './web-session.ts';

export const entities = [
	Role,
	RoleMapping,
	Tenant,
	User,
	Identity,
	UnmetAccount,
	WebAccount,
	LocalAccount,
	PasswordLink,
	LinkCode,
	LinkAttempts,
	WebSession,
	SignInLink,
	SignInCode,
	ApiToken,
	Channel,
	ChannelMember,
	Conversation,
	ConversationParticipant,
	Message,
	Feedback,
	ModelChoice,
	DefaultModel,
	Document,
	DocumentPlacement,
	ChannelReader,
	FileBackfill,
	StoredChunk,
	Upload,
	WebNotice,
	RemovedQuestion,
	Confirmation,
	FeedbackCase,
	FeedbackCaseDocument,
	ConnectorDecision,
	ConnectorQuery,
	Broadcast,
	BroadcastPost,
	KeptEvaluationRun,
	InboxEntry,
	ReplyPart,
	AdapterFact,
	AuditEntry,
] as const;
