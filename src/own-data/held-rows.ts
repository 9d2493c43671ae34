/**
 * What each table holds of a person: how it is found, how it is erased, and what stays. A test compares the list with the tables that there are, so
 * that no new one is forgotten. Pure.
 */

/** In whose name a table is read or changed. */
export type Keeper = 'person' | 'registrar' | 'librarian' | 'program';

/**
 * What `$1` of a statement is: `users.id`; the ids of the person's accounts, of their answers (`messages.id`), or their accounts as
 * `platform tenant account`.
 */
export type StatementSubject = 'user' | 'identities' | 'answers' | 'senders';

export interface OwnStatement {
	keeper: Keeper;
	given: StatementSubject;
	sql: string;
}

export interface HeldRows {
	/** What an export tells of it; null where it is nobody's, or another table says it. */
	own: OwnStatement | null;
	/** In the order of the list; none where it goes with rows of other tables, or stays. */
	erase: readonly OwnStatement[];
	/** Of their rows, once they are erased. `emptied`: ids, times and counts stay, and no word. */
	left: 'nothing' | 'emptied' | 'kept';
	/** Why something stays. */
	why?: string;
}

const by = (keeper: Keeper, sql: string, given: StatementSubject = 'user'): OwnStatement => ({ keeper, given, sql });
const nobodys: HeldRows = { own: null, erase: [], left: 'kept', why: 'it holds nothing of anybody' };
const followsOthers: HeldRows = { own: null, erase: [], left: 'nothing' };

const ownAnswers = 'select id from messages where author_user_id = $1';
const isOwnSaying = `author_user_id = $1 or in_reply_to in (${ownAnswers})`;
const isOwnPlacement = 'shared_by = $1 and published_from is null';

/** Whoever did it: written, pressed, typed or shared. */
const sender = `coalesce(payload -> 'author', payload -> 'actor', payload -> 'sharedBy')`;
const isSender = `concat_ws(' ', coalesce(${sender} ->> 'platform', platform), ${sender} ->> 'tenantId', ${sender} ->> 'accountId') = any($1::text[])`;

/** By `schema.table`. */
export const heldRows: Readonly<Record<string, HeldRows>> = {
	'public.inbox': {
		own: by('program', `select type, platform, accepted_at, payload from inbox where payload is not null and ${isSender}`, 'senders'),
		erase: [
			by(
				'program',
				`update inbox set status = 'done', outcome = 'ignored', finished_at = now(), payload = null where status = 'accepted' and ${isSender}`,
				'senders',
			),
			by('program', 'update inbox set account = null, reason = null where account = any($1)', 'identities'),
		],
		left: 'nothing',
	},
	'public.messages': {
		own: by(
			'person',
			`select id, conversation_id, role, author_name, content, cited, attachments, sources, data_query, trace, model, status, coalesce(received_at, created_at) as said_at
				from messages where ${isOwnSaying} order by sequence`,
		),
		erase: [
			by(
				'person',
				`update messages set content = '', cited = '[]', attachments = '[]', sources = '[]', trace = null, data_query = null, found = null,
					status = 'deleted', deleted_at = coalesce(deleted_at, now())
					where (${isOwnSaying}) and status <> 'generating'`,
			),
			by('registrar', 'update messages set author_name = null where author_user_id = $1'),
		],
		left: 'emptied',
		why: 'what others said in the same conversation keeps its order',
	},
	'public.conversations': {
		own: by(
			'person',
			`select c.id, c.platform, c.tenant_id, c.channel_id, c.thread_id, c.kind, case when c.kind = 'direct' then c.title end as title,
					case when c.kind = 'direct' then c.summary end as summary, c.created_at
				from conversations c join conversation_participants own on own.conversation_id = c.id where own.user_id = $1`,
		),
		erase: [
			by(
				'person',
				`update conversations set title = null, summary = null, summary_through = null, updated_at = now()
					where id in (select conversation_id from messages where author_user_id = $1)`,
			),
		],
		left: 'emptied',
		why: 'others take part in those that stay',
	},
	'public.feedback': {
		own: by('person', 'select message_id, rating, comment, shows_exchange, updated_at from feedback where user_id = $1'),
		erase: [by('person', 'delete from feedback where user_id = $1')],
		left: 'nothing',
	},
	'public.feedback_cases': {
		own: by('person', 'select number, answer_id, state from feedback_cases where $1 in (rated_by, asked_by)'),
		erase: [by('registrar', 'delete from feedback_cases where $1 in (rated_by, asked_by)')],
		left: 'nothing',
	},
	'public.feedback_case_documents': followsOthers,
	'public.connector_queries': {
		own: by(
			'person',
			'select asked_at, place, connector, role, named, model, sql, decision, reason, row_count from connector_queries where asked_by = $1',
		),
		erase: [by('registrar', 'update connector_queries set sql = null, reason = null, named = null where asked_by = $1')],
		left: 'emptied',
		why: 'that a database was asked stays on its record',
	},
	'public.model_choices': {
		own: by('person', 'select model, chosen_at from model_choices where user_id = $1'),
		erase: [by('person', 'delete from model_choices where user_id = $1')],
		left: 'nothing',
	},
	'public.reply_parts': {
		own: by('program', 'select reply_id, position, place, message_id, updated_at from reply_parts where reply_id = any($1)', 'answers'),
		erase: [by('program', 'delete from reply_parts where reply_id = any($1)', 'answers')],
		left: 'nothing',
	},
	'public.document_placements': {
		own: by(
			'librarian',
			`select document_id, name, url, status, reason, shared_at, message_id from document_placements where ${isOwnPlacement} order by shared_at`,
		),
		erase: [],
		left: 'nothing',
	},
	'public.documents': {
		own: by(
			'librarian',
			`select id, title, size_bytes, language, status, created_at from documents
				where id in (select document_id from document_placements where ${isOwnPlacement})`,
		),
		erase: [],
		left: 'nothing',
	},
	'public.chunks': {
		own: by(
			'librarian',
			`select document_id, position, page, context, content from chunks
				where document_id in (select document_id from document_placements where ${isOwnPlacement}) order by document_id, position`,
		),
		erase: [],
		left: 'nothing',
	},
	'public.uploads': {
		own: by('person', 'select name, media_type, size_bytes, created_at from uploads where user_id = $1'),
		erase: [],
		left: 'nothing',
	},
	'public.web_notices': {
		own: by('person', 'select conversation_id, notice, created_at from web_notices where user_id = $1'),
		erase: [by('registrar', 'delete from web_notices where user_id = $1')],
		left: 'nothing',
	},
	'public.removed_questions': {
		own: by('person', 'select removed_at from removed_questions where user_id = $1'),
		erase: [],
		left: 'kept',
		why: 'ids alone, so that nothing that waits is answered still; they go after a day',
	},
	'public.api_tokens': {
		own: by(
			'registrar',
			'select hint, name, scopes, created_at, expires_at, last_used_at from api_tokens where identity_id = any($1)',
			'identities',
		),
		erase: [by('registrar', 'delete from api_tokens where identity_id = any($1)', 'identities')],
		left: 'nothing',
	},
	'public.web_sessions': {
		own: by(
			'registrar',
			'select agent, address, signed_in_at, last_seen_at, expires_at from web_sessions where identity_id = any($1)',
			'identities',
		),
		erase: [by('registrar', 'delete from web_sessions where identity_id = any($1)', 'identities')],
		left: 'nothing',
	},
	'public.web_accounts': {
		own: by(
			'registrar',
			'select tenant_id, account_id, display_name, locale, groups, told_at from web_accounts where identity_id = any($1)',
			'identities',
		),
		erase: [by('registrar', 'delete from web_accounts where identity_id = any($1)', 'identities')],
		left: 'nothing',
	},
	'public.local_accounts': {
		own: by(
			'registrar',
			`select changed_at, second_secret is not null as has_second_factor, cardinality(recovery_hashes) as recovery_codes_left
				from local_accounts where identity_id = any($1)`,
			'identities',
		),
		erase: [],
		left: 'nothing',
	},
	'public.password_links': {
		own: by('registrar', 'select created_at, expires_at from password_links where identity_id = any($1)', 'identities'),
		erase: [],
		left: 'nothing',
	},
	'public.sign_in_links': {
		own: by('registrar', 'select created_at, expires_at from sign_in_links where identity_id = any($1)', 'identities'),
		erase: [by('registrar', 'delete from sign_in_links where identity_id = any($1)', 'identities')],
		left: 'nothing',
	},
	'public.sign_in_codes': {
		own: by('registrar', 'select agent, address, created_at, expires_at from sign_in_codes where identity_id = any($1)', 'identities'),
		erase: [by('registrar', 'delete from sign_in_codes where identity_id = any($1)', 'identities')],
		left: 'nothing',
	},
	'public.link_codes': {
		own: by('registrar', 'select created_at, expires_at, used_at from link_codes where user_id = $1'),
		erase: [by('registrar', 'delete from link_codes where user_id = $1')],
		left: 'nothing',
	},
	'public.link_attempts': {
		own: by('registrar', 'select wrong, counted_from, locked_until from link_attempts where user_id = $1'),
		erase: [],
		left: 'kept',
		why: 'nobody unlocks themselves by erasing; it is a count',
	},
	'public.channel_members': {
		own: by('registrar', 'select channel_id, seen_at from channel_members where user_id = $1'),
		erase: [by('registrar', 'delete from channel_members where user_id = $1')],
		left: 'nothing',
	},
	'public.channel_readers': {
		own: by('librarian', 'select channel_id, verified_at from channel_readers where user_id = $1'),
		erase: [by('librarian', 'delete from channel_readers where user_id = $1')],
		left: 'nothing',
	},
	'public.conversation_participants': {
		own: by(
			'person',
			'select conversation_id, title, reads_from, pinned_at, archived_at, hidden_at from conversation_participants where user_id = $1',
		),
		erase: [by('registrar', 'delete from conversation_participants where user_id = $1')],
		left: 'nothing',
	},
	'public.confirmations': {
		own: by('registrar', 'select action, created_at, expires_at, used_at from confirmations where user_id = $1'),
		erase: [by('registrar', 'delete from confirmations where user_id = $1')],
		left: 'nothing',
	},
	'public.identities': {
		own: by(
			'registrar',
			`select platform, tenant_id, account_id, display_name, email, locale, time_zone, is_guest, is_external, last_place, refreshed_at
				from identities where user_id = $1`,
		),
		erase: [
			by(
				'registrar',
				`update identities set display_name = '', email = null, locale = null, time_zone = null, last_place = null, refreshed_at = to_timestamp(0)
					where user_id = $1`,
			),
		],
		left: 'emptied',
		why: 'nobody escapes a block, a limit or a decision of an administrator by erasing',
	},
	'public.users': {
		own: by('registrar', 'select role, display_name, locale, language, limits, ceilings, created_at from users where id = $1'),
		erase: [
			by(
				'registrar',
				`update users set display_name = '', locale = null, language = null where id = $1 or id in (select home_user_id from identities where user_id = $1)`,
			),
		],
		left: 'emptied',
		why: 'as for identities',
	},
	'public.audit_log': {
		own: null,
		erase: [],
		left: 'kept',
		why: 'what administrators did is nobody’s to erase, and theirs alone to read; it keeps its own time',
	},
	'ccb_jobs.job': {
		own: by('program', `select data ->> 'job' as job, state, created_on from ccb_jobs.job where group_id = $1::text`),
		erase: [],
		left: 'kept',
		why: 'ids alone; they go a day after their end',
	},
	'ccb_private.message_words': followsOthers,
	'ccb_private.chunk_words': followsOthers,
	'ccb_knowledge.chunk_vectors': followsOthers,
	'ccb_knowledge.lexeme_counts': followsOthers,
	'public.unmet_accounts': { own: null, erase: [], left: 'kept', why: 'an id, for some minutes' },
	'public.file_backfills': { own: null, erase: [], left: 'kept', why: 'who wanted a channel’s past, as an id' },
	'public.channels': { own: null, erase: [], left: 'kept', why: 'who is told of a channel, as an id' },
	'public.broadcasts': {
		own: by('program', 'select text, asked_at, begun_at, stopped_at, ended_at from broadcasts where asked_by = $1'),
		erase: [by('program', `update broadcasts set text = '' where asked_by = $1`)],
		left: 'emptied',
		why: 'that something was said to all stays on record, and what was posted stays where it stands',
	},
	'public.broadcast_posts': nobodys,
	'public.default_models': { own: null, erase: [], left: 'kept', why: 'who decided for everybody, as an id' },
	'public.connectors': { own: null, erase: [], left: 'kept', why: 'what administrators decided, by their ids' },
	'public.evaluation_runs': nobodys,
	'public.adapter_state': nobodys,
	'public.roles': nobodys,
	'public.role_mappings': nobodys,
	'public.tenants': nobodys,
	'public.migrations': nobodys,
	'public.schema_compatibility': nobodys,
	'ccb_private.proof_key': nobodys,
	'ccb_private.admin_turn': nobodys,
	'ccb_knowledge.totals': nobodys,
	'ccb_knowledge.vector_models': nobodys,
	'ccb_knowledge.vector_use': nobodys,
	'ccb_jobs.bam': nobodys,
	'ccb_jobs.instance': nobodys,
	'ccb_jobs.job_dependency': nobodys,
	'ccb_jobs.queue': nobodys,
	'ccb_jobs.queue_stats': nobodys,
	'ccb_jobs.schedule': nobodys,
	'ccb_jobs.subscription': nobodys,
	'ccb_jobs.version': nobodys,
	'ccb_jobs.warning': nobodys,
};
