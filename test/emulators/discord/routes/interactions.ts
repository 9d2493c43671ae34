/** Answers to interactions: the callback, and the webhook that each token opens for 15 minutes. */

import { answerInteraction, changeMessage, followUp, messageOf, withdraw } from '../answering.ts';
import type { Core } from '../core.ts';
import type { Interaction } from '../interactions.ts';
import { messageToWire } from '../message-wire.ts';
import type { Json, StoredMessage } from '../types.ts';
import { noContent, ok, type Route, type RouteRequest } from './route.ts';

const callbackTypeOf = { none: 0, message: 4, 'deferred-message': 5, 'deferred-update': 6, update: 7, choices: 8, modal: 9 } as const;

export const interactionRoutes: readonly Route[] = [
	{
		operation: 'answer-interaction',
		method: 'POST',
		path: '/interactions/:interaction/:token/callback',
		byToken: true,
		handle({ core, parameters, query, given, files }) {
			const interaction = core.interactions.forAnswer(parameters.interaction, parameters.token);
			answerInteraction(core, interaction, { given, files });
			return query.get('with_response') === 'true' ? ok(describe(core, interaction)) : noContent;
		},
	},
	{
		operation: 'create-follow-up',
		method: 'POST',
		path: '/webhooks/:application/:token',
		byToken: true,
		handle({ core, parameters, given, files }) {
			const interaction = core.interactions.forFollowUp(parameters.application, parameters.token);
			return ok(toWire(core, followUp(core, interaction, { given, files })));
		},
	},
	...(['@original', ':message'] as const).flatMap((message): Route[] => {
		const kind = message === '@original' ? 'original' : 'follow-up';
		const path = `/webhooks/:application/:token/messages/${message}`;
		const id = message === '@original' ? '@original' : undefined;
		return [
			{
				operation: `get-${kind}`,
				method: 'GET',
				path,
				byToken: true,
				handle: (request) => ok(toWire(request.core, addressed(request, id))),
			},
			{
				operation: `edit-${kind}`,
				method: 'PATCH',
				path,
				byToken: true,
				handle(request) {
					const edited = addressed(request, id);
					changeMessage(request.core, edited, request);
					return ok(toWire(request.core, edited));
				},
			},
			{
				operation: `delete-${kind}`,
				method: 'DELETE',
				path,
				byToken: true,
				handle(request) {
					withdraw(request.core, addressed(request, id));
					return noContent;
				},
			},
		];
	}),
];

function addressed({ core, parameters }: RouteRequest, id: string | undefined): StoredMessage {
	return messageOf(core.interactions.forFollowUp(parameters.application, parameters.token), id ?? parameters.message);
}

function toWire(core: Core, message: StoredMessage): Json {
	return messageToWire(core, message, { readsContent: true });
}

/** "Interaction Callback Response Object". */
function describe(core: Core, { id, type, response, original, channelId }: Interaction): Json {
	const showsMessage = response === 'message' || response === 'deferred-message' || response === 'update';
	const isEphemeral = original?.ephemeralFor !== undefined;
	return {
		interaction: {
			id,
			type,
			response_message_id: original?.id,
			response_message_loading: response === 'deferred-message',
			response_message_ephemeral: isEphemeral,
			channel_id: channelId,
		},
		resource: {
			type: callbackTypeOf[response],
			...(showsMessage && original !== undefined && { message: toWire(core, original) }),
		},
	};
}
