/** Models, quota, and what of it was used. */

import { webPlaceOf } from '../../identity/account.ts';
import type { StoredPlace } from '../../identity/own-places.ts';
import type { Count } from '../../limits/counters.ts';
import { chooseModel, listModels, readKnowledge, readQuota, readUsage } from '../contract/usage.ts';
import { findReadable, type SignedInCall } from '../own-view.ts';
import { ApiRefusal } from '../refusal.ts';
import { type ServedRoute, serve } from '../serve.ts';

export const usageRoutes: readonly ServedRoute[] = [
	serve(listModels, async ({ query: { conversation }, ...asking }) => await modelsAt(asking, await placeOf(asking, conversation))),

	serve(chooseModel, async ({ body: { model, conversation }, ...asking }) => {
		const { caller, services } = asking;
		const place = await placeOf(asking, conversation);
		const scope = conversation === undefined ? 'person' : 'conversation';
		const result = await services.choices.choose(caller.person, place, scope, model);
		if (result.type === 'refused') throw new ApiRefusal('CONFLICT', { sentence: ({ web }) => web.modelRefused });
		return await modelsAt(asking, place);
	}),

	serve(readKnowledge, async ({ query: { conversation }, ...asking }) => {
		const { use, areNone } = await asking.services.uses.of(await placeOf(asking, conversation));
		const isThere = use !== 'off' && !areNone;
		return { choice: use === 'only' ? 'always' : isThere ? 'free' : 'never' } as const;
	}),

	serve(readQuota, async ({ caller: { person }, services: { limits, readableCharacters } }) => {
		const { allowed, used } = await limits.quota(person);
		const counted = (limit: 'requestsPerMinute' | 'tokensPerDay' | 'uploadsPerDay') => countedAs(allowed[limit], used[limit]);
		return {
			requestsPerMinute: counted('requestsPerMinute'),
			tokensPerDay: counted('tokensPerDay'),
			uploadsPerDay: counted('uploadsPerDay'),
			messageCharacters: Math.min(allowed.messageCharacters ?? readableCharacters, readableCharacters),
			repliesInFlight: allowed.repliesInFlight,
			uploadBytes: allowed.uploadBytes,
		};
	}),

	serve(readUsage, async ({ caller: { person }, services: { usages, timeZone } }) => {
		const { days, models } = await usages.of(person, person.timeZone ?? timeZone);
		return { days: [...days], models: [...models] };
	}),
];

/** Of a conversation that is yet to begin, the person's own. */
async function placeOf(asking: SignedInCall, conversation: string | undefined): Promise<StoredPlace> {
	if (conversation !== undefined) return await findReadable(asking, conversation);
	return webPlaceOf(asking.caller.person.userId, '');
}

async function modelsAt({ caller, services: { choices, models } }: SignedInCall, place: StoredPlace) {
	const { model: name, origin } = await choices.current(caller.person, place);
	return {
		models: choices.allowed(caller.person).map((each) => ({ name: each, isStandard: each === models.model })),
		current: { name, origin },
	};
}

function countedAs(allowed: number | null, { used, resetInMs }: Count) {
	const left = allowed === null ? null : Math.max(0, allowed - Math.ceil(used));
	const resetsAt = resetInMs > 0 ? new Date(Date.now() + resetInMs).toISOString() : null;
	return { allowed, used: Math.ceil(used), left, resetInMs: Math.ceil(resetInMs), resetsAt };
}
