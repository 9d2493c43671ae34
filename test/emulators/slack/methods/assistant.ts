/** assistant.threads.*, agents.sessions.* and views.*: what an app shows around its messages. */

import { joinedChannel, knownUser, optionalText, requiredText, threadRoot } from '../arguments.ts';
import { checkModal } from '../modal-rules.ts';
import { sessionStatuses } from '../surface.ts';
import { type Json, SlackFailure } from '../types.ts';
import { isJson, listOf } from '../visible-text.ts';
import type { Methods } from './method.ts';

/** `assistant.threads.setSuggestedPrompts`: at most 4. */
const mostPrompts = 4;
/** `assistant.threads.setStatus`: at most 10. */
const mostLoadingMessages = 10;
/** `agents.sessions.rename`: 1 to 200 characters. */
const titleLimit = 200;

export const assistantMethods: Methods = {
	'assistant.threads.setStatus': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel_id'));
		const threadTs = threadRoot(core, channel, requiredText(given, 'thread_ts')) ?? '';
		if (typeof given.status !== 'string') throw missing('status');
		if (listOf(given.loading_messages).length > mostLoadingMessages) throw tooMany('loading_messages', mostLoadingMessages);
		core.surface.setStatus(channel.id, threadTs, given.status);
		return {};
	},
	'assistant.threads.setTitle': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel_id'));
		const threadTs = threadRoot(core, channel, requiredText(given, 'thread_ts')) ?? '';
		core.surface.setSession(channel.id, threadTs, { title: requiredText(given, 'title') });
		return {};
	},
	'assistant.threads.setSuggestedPrompts': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel_id'));
		if (channel.kind !== 'im') throw new SlackFailure('channel_type_not_supported');
		const prompts = listOf(given.prompts);
		if (prompts.length === 0) throw missing('prompts');
		if (prompts.length > mostPrompts) throw tooMany('prompts', mostPrompts);
		core.surface.setPrompts(channel.id, prompts.map(readPrompt));
		return {};
	},
	'agents.sessions.setStatus': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel_id'));
		const threadTs = threadRoot(core, channel, requiredText(given, 'thread_ts')) ?? '';
		const status = requiredText(given, 'status');
		if (!sessionStatuses.has(status)) throw new SlackFailure('invalid_arguments', ['[ERROR] unknown status']);
		const title = core.surface.session(channel.id, threadTs) === undefined ? optionalText(given, 'title') : undefined;
		core.surface.setSession(channel.id, threadTs, { status, ...(title !== undefined && { title }) });
		return {};
	},
	'agents.sessions.rename': (core, given) => {
		const channel = joinedChannel(core, requiredText(given, 'channel_id'));
		const threadTs = threadRoot(core, channel, requiredText(given, 'thread_ts')) ?? '';
		const title = requiredText(given, 'title');
		if (title.length > titleLimit) throw new SlackFailure('invalid_arguments', ['[ERROR] title is too long']);
		core.surface.setSession(channel.id, threadTs, { title });
		return {};
	},
	'views.open': (core, given) => {
		const view = readView(given);
		checkModal(view);
		const user = core.handles.useTrigger(requiredText(given, 'trigger_id'));
		const stored = { ...view, id: core.workspace.nextId('V'), hash: core.workspace.nextId('h') };
		core.surface.views.set(stored.id, stored);
		core.surface.viewers.set(stored.id, user);
		core.notify({ type: 'view', channel: '', ts: '' });
		return { view: stored };
	},
	'views.update': (core, given) => {
		const id = requiredText(given, 'view_id');
		const old = core.surface.views.get(id);
		if (old === undefined) throw new SlackFailure('not_found');
		checkHash(old, given);
		const stored = { ...readView(given), id, hash: core.workspace.nextId('h') };
		core.surface.views.set(id, stored);
		core.notify({ type: 'view', channel: '', ts: '' });
		return { view: stored };
	},
	'views.publish': (core, given) => {
		const key = `home:${knownUser(core, requiredText(given, 'user_id')).id}`;
		checkHash(core.surface.views.get(key) ?? {}, given);
		const stored = { ...readView(given), id: core.workspace.nextId('V'), hash: core.workspace.nextId('h') };
		core.surface.views.set(key, stored);
		core.notify({ type: 'view', channel: '', ts: '' });
		return { view: stored };
	},
};

function readPrompt(prompt: unknown): { title: string; message: string } {
	if (!isJson(prompt)) throw missing('prompts');
	return { title: requiredText(prompt, 'title'), message: requiredText(prompt, 'message') };
}

function readView(given: Json): Json {
	if (!isJson(given.view)) throw missing('view');
	return given.view;
}

function checkHash(old: Json, given: Json): void {
	const hash = optionalText(given, 'hash');
	if (hash !== undefined && hash !== old.hash) throw new SlackFailure('hash_conflict');
}

function missing(field: string): SlackFailure {
	return new SlackFailure('invalid_arguments', [`[ERROR] missing required field: ${field}`]);
}

function tooMany(field: string, most: number): SlackFailure {
	return new SlackFailure('invalid_arguments', [`[ERROR] no more than ${most} items allowed [json-pointer:/${field}]`]);
}
