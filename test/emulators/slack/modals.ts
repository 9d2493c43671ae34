/** What people do with the modals that the app opened for them: fill them in and send them. */

import type { Core } from './core.ts';
import type { Json } from './types.ts';
import { isJson, listOf } from './visible-text.ts';

export interface SubmissionResult {
	/** What stands below the inputs, by block id: the modal stays open. */
	errors?: Readonly<Record<string, string>>;
	/** Why Slack shows that it did not work: the modal stays open. */
	failure?: string;
}

export interface Modals {
	/** The modals that this person has before them, the newest last. */
	modals(user: string): Json[];
	/**
	 * Sends a modal with these inputs, by block id. Resolves once the app acknowledged or Slack gave up waiting. Throws TypeError for what Slack's
	 * client would not send: another person's modal, an input that is missing or too long, a choice that there is not.
	 */
	submit(submission: { user: string; view: string; inputs: Readonly<Record<string, string>> }): Promise<SubmissionResult>;
}

export function createModals(core: Core): Modals {
	const { surface, events, identity, workspace, handles } = core;
	return {
		modals: (user) => [...surface.views.values()].filter(({ id }) => surface.viewers.get(String(id)) === user),
		async submit({ user, view: viewId, inputs }) {
			const view = surface.views.get(viewId);
			if (view === undefined || surface.viewers.get(viewId) !== user) throw new TypeError(`${user} has no modal ${viewId}`);
			const blocks = listOf(view.blocks).filter((block): block is Json => isJson(block) && block.type === 'input');
			const values = Object.fromEntries(blocks.map((block) => [String(block.block_id), stateOf(block, inputs[String(block.block_id)])]));
			const person = workspace.user(user);
			const payload = {
				type: 'view_submission',
				token: 'verification-token',
				api_app_id: identity.appId,
				team: { id: identity.teamId, domain: 'emulated' },
				user: { id: user, username: person?.name, name: person?.name, team_id: person?.teamId },
				trigger_id: handles.issueTrigger(user),
				view: { ...view, app_id: identity.appId, bot_id: identity.botId, team_id: identity.teamId, state: { values } },
				response_urls: [],
				is_enterprise_install: false,
			};
			const record = { eventId: payload.trigger_id, key: viewId, type: 'view_submission' };
			const answer = await events.sendOnce({ type: 'interactive', payload, attempt: 0 }, record);
			if (answer.failure !== undefined) return { failure: answer.failure };
			return answered(answer.body, blocks, () => surface.views.delete(viewId));
		},
	};
}

/** "View submission payloads": what was entered, by the element's action id. */
function stateOf({ element: asked, optional, block_id }: Json, input: string | undefined): Json {
	const element = isJson(asked) ? asked : {};
	if (input === undefined && optional !== true) throw new TypeError(`nothing was entered into ${String(block_id)}`);
	if (element.type === 'static_select') {
		const chosen = listOf(element.options).find((option) => isJson(option) && option.value === input);
		if (input !== undefined && chosen === undefined) throw new TypeError(`${input} is not a choice of ${String(block_id)}`);
		return { [String(element.action_id)]: { type: element.type, selected_option: chosen ?? null } };
	}
	if (input !== undefined && input.length > Number(element.max_length ?? 3_000))
		throw new TypeError(`too much was entered into ${String(block_id)}`);
	return { [String(element.action_id)]: { type: element.type, value: input ?? null } };
}

/** An empty answer closes the modal ("Modals", "Close or update a modal with a response action"). */
function answered(body: string, blocks: readonly Json[], close: () => void): SubmissionResult {
	const response: unknown = body === '' ? {} : JSON.parse(body);
	if (!isJson(response) || response.response_action !== 'errors') {
		close();
		return {};
	}
	const errors = isJson(response.errors) ? response.errors : {};
	const isShown = Object.keys(errors).length > 0 && Object.keys(errors).every((id) => blocks.some(({ block_id }) => block_id === id));
	return isShown ? { errors: errors as Record<string, string> } : { failure: 'invalid_errors' };
}
