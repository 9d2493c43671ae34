/** Discord's outbound half over a recording call, and what Discord shows of each body. */

import { discordCapabilities } from '../../../adapters/discord/capabilities.ts';
import { renderBlock, toDiscordMessage } from '../../../adapters/discord/format.ts';
import { createMessageMemory } from '../../../adapters/discord/message-memory.ts';
import { createOutbound } from '../../../adapters/discord/outbound.ts';
import type { RecordedPlatform } from './platform.ts';
import { asJson, asList, type Json, mainTextOf, type Shown, type Surface, textOf } from './surface.ts';

export function createRecordedDiscord(): RecordedPlatform {
	let shown: Shown[] = [];
	let messages = 0;
	const call = async (operation: string, request: { body?: unknown }) => {
		const body = asJson(request.body);
		shown.push({ moment: operation, surfaces: surfacesOf(body) });
		return { id: String(100_000_000_000_000_000n + BigInt(messages++)), content: textOf(body['content']).trim() };
	};
	const state = { get: async () => null, set: async () => {}, prune: async () => {} };
	return {
		name: 'discord',
		capabilities: discordCapabilities,
		place: { platform: 'discord', tenantId: '1', channelId: '2', threadId: '', kind: 'direct' },
		renderBlock,
		outbound: createOutbound({
			call,
			answers: { acknowledge: async () => {}, answer: async () => true },
			memory: createMessageMemory(state as never),
			botUserId: () => '1',
		}),
		toSent: (text) => toDiscordMessage({ text, buttons: [] }, '').content,
		lastText: () => mainTextOf(shown.at(-1)?.surfaces ?? []),
		take() {
			const taken = shown;
			shown = [];
			return taken;
		},
	};
}

function surfacesOf(body: Json): Surface[] {
	const { parse } = asJson(body['allowed_mentions']);
	if (!Array.isArray(parse) || parse.length > 0) throw new Error('a body that may ping');
	const buttons = asList(body['components'])
		.flatMap((row) => asList(asJson(row)['components']))
		.map(asJson);
	const options = buttons.flatMap((menu) => asList(menu['options'])).map(asJson);
	const labels = [...buttons, ...options].map(({ label }) => ({ kind: 'plain', text: textOf(label) }) as const);
	const addresses = buttons.filter(({ url }) => textOf(url) !== '').map(({ url }) => ({ kind: 'address', text: textOf(url) }) as const);
	const embeds = asList(body['embeds']).flatMap((embed) => surfacesOfEmbed(asJson(embed)));
	return [{ kind: 'discord-content', text: textOf(body['content']) }, ...labels, ...addresses, ...embeds];
}

/** Links live in descriptions and in values, and marks in names ("Embed Structure"): each is read as a content. */
function surfacesOfEmbed({ description, fields }: Json): Surface[] {
	const texts = [
		description,
		...asList(fields)
			.map(asJson)
			.flatMap(({ name, value }) => [name, value]),
	];
	return texts.map(textOf).flatMap((text) => (text === '' ? [] : [{ kind: 'discord-content', text }]));
}
