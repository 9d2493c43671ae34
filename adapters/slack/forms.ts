/** Forms as Slack shows them: a modal is opened in answer to a command, and what comes back is checked before it is taken in. */

import type { Forms } from '#src/commands/forms.ts';
import { type Language, languageIn, type Words, wordsFor } from '#src/locales/locales.ts';
import type { CommandInvoked } from '#src/platform/chat-event.ts';
import { type FilledForm, type Form, type FormField, type FormTicket, unknownTicket } from '#src/platform/form.ts';
import { asObject, type Json, parseObject, textOf as text } from '#src/platform/untrusted-json.ts';
import type { SlackCall } from './client.ts';
import type { SlackIdentity } from './connection.ts';
import { readId as id } from './id.ts';
import { kindOf, readCommand } from './inbound.ts';
import type { LocaleOf } from './locales.ts';

export interface SlackForms {
	/** Opens a form where the command needs more than was typed. False where there is none, or Slack did not take it: then the command goes its way. */
	open(command: Json): Promise<boolean>;
	/** What is wrong with what was entered, by field; null for nothing. */
	check(submission: Json): Record<string, string> | null;
	/** What was entered, as a command; null when it is no form of ours, or something is wrong with it. */
	read(submission: Json, identity: SlackIdentity): CommandInvoked | null;
}

/** What Bolt knows our forms by. */
export const formCallback = 'openccb_form';
const inputAction = 'input';
/** "Modals": of a title. */
const mostTitleCharacters = 24;
/** "Plain-text input element", `max_length`: enough for a name or a list, and far below what an event may hold. */
const mostInputCharacters = 1_000;
/** Slack waits three seconds for the answer to the command, and a trigger opens a modal no longer ("Modals"). */
const openWithinMs = 2_000;

export interface SlackFormsDependencies {
	call: SlackCall;
	forms: Forms;
	localeOf: LocaleOf;
	/** For people whose language Slack does not tell in time. */
	language: Language;
	/** Slack did not take a form. */
	onFailed: (error: unknown) => void;
}

export function createSlackForms({ call, forms, localeOf, language, onFailed }: SlackFormsDependencies): SlackForms {
	return {
		async open(command) {
			const channel = id(command['channel_id']);
			const asked = (words: Words) => forms.formFor(text(command['text']), { words, kind: kindOf({}, channel) });
			// Slack is asked about nobody in vain.
			if (asked(wordsFor(null, language)) === null) return false;
			const words = wordsFor(await localeOf(id(command['user_id'])), language);
			const form = asked(words);
			if (form === null) return false;
			const ticket = { askedOf: id(command['user_id']), askedAt: new Date().toISOString() };
			const origin = { channel, text: form.text, url: text(command['response_url']), language: languageIn(words), ...ticket };
			const opening = { trigger_id: text(command['trigger_id']), view: viewOf(form, JSON.stringify(origin)) };
			return await call('views.open', opening, AbortSignal.timeout(openWithinMs)).then(
				() => true,
				(thrown) => {
					onFailed(thrown);
					return false;
				},
			);
		},
		check(submission) {
			const filled = fill(submission);
			return 'errors' in filled ? { ...filled.errors } : null;
		},
		read(submission, identity) {
			const filled = fill(submission);
			const event = 'errors' in filled ? null : invoked(submission, identity);
			return event === null ? null : { ...event, ...filled, form: ticketOf(originOf(submission)) };
		},
	};

	function fill(submission: Json): FilledForm {
		const origin = originOf(submission);
		return forms.fill(text(origin['text']), inputsOf(asObject(submission['view'])), wordsFor(text(origin['language']), language));
	}
}

/** Where the form was opened, as `open` wrote it down. */
function originOf(submission: Json): Json {
	return parseObject(text(asObject(submission['view'])['private_metadata'])) ?? {};
}

function ticketOf({ askedOf, askedAt }: Json): FormTicket {
	return { askedOf: id(askedOf), askedAt: text(askedAt, unknownTicket.askedAt) };
}

/** As if it had been typed where the form was opened. */
function invoked(body: Json, identity: SlackIdentity): CommandInvoked | null {
	const [user, origin] = [asObject(body['user']), originOf(body)];
	return readCommand(
		{
			channel_id: origin['channel'],
			user_id: user['id'],
			team_id: user['team_id'] ?? asObject(body['team'])['id'],
			// One form is sent in once.
			trigger_id: asObject(body['view'])['id'],
			response_url: origin['url'],
		},
		identity,
	);
}

function viewOf({ text: title, about, fields, submit, cancel }: Form, privateMetadata: string): Json {
	return {
		type: 'modal',
		callback_id: formCallback,
		private_metadata: privateMetadata,
		title: plain(title.slice(0, mostTitleCharacters)),
		submit: plain(submit),
		close: plain(cancel),
		blocks: [{ type: 'section', text: plain(about) }, ...fields.map(blockOf)],
	};
}

function blockOf({ name, label, hint, mayBeLeftOut, choices }: FormField): Json {
	const element =
		choices === null
			? { type: 'plain_text_input', action_id: inputAction, max_length: mostInputCharacters }
			: { type: 'static_select', action_id: inputAction, options: choices.map((value) => ({ text: plain(value), value })) };
	return {
		type: 'input',
		block_id: name,
		label: plain(label),
		optional: mayBeLeftOut,
		element,
		...(hint === '' ? {} : { hint: plain(hint) }),
	};
}

function plain(words: string) {
	return { type: 'plain_text', text: words };
}

/** "View submission payloads", `view.state.values`. */
function inputsOf(view: Json): Record<string, string> {
	const values = Object.entries(asObject(asObject(view['state'])['values']));
	const entered = values.map(([name, block]) => {
		const input = asObject(asObject(block)[inputAction]);
		return [name, text(input['value'], text(asObject(input['selected_option'])['value'])).slice(0, mostInputCharacters)] as const;
	});
	return Object.fromEntries(entered.filter(([, value]) => value.trim() !== ''));
}
