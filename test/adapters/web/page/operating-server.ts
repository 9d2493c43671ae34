/** What the page is told of models and channels, by hand. */

import type { FastifyInstance } from 'fastify';
import type { ChannelView, ModelStandingView } from '#src/api/contract/operating.ts';

/** What a page's world has of them. */
export interface OperatingWorld {
	standing: ModelStandingView;
	channels: ChannelView[];
}

const usual = {
	...{ mode: 'threads', model: 'qwen3:8b', locale: 'off', knowledge: 'prefer', ingest: 'ask', quiet: 'off' },
	...{ budget: 'off', retention: 'off', stale: 'off', digest: 'off' },
};

export function operatingWorld(): OperatingWorld {
	const loaded = { bytes: 6_200_000_000, videoBytes: 5_900_000_000, contextTokens: 8_192 };
	return {
		standing: {
			...{ standard: 'qwen3:8b', offered: ['qwen3:8b', 'gemma4:26b'], mayPull: true, running: [], lastEnded: null },
			hosts: [
				{
					host: 'http://gpu-1:11434',
					reason: null,
					models: [
						{ name: 'qwen3:8b', sizeBytes: 5_200_000_000, loaded },
						{ name: 'bge-m3:latest', sizeBytes: 1_200_000_000, loaded: null },
					],
				},
				{ host: 'http://gpu-2:11434', reason: 'connection-failed', models: null },
			],
			roles: [
				{ name: 'admin', models: null },
				{ name: 'buyers', models: ['qwen3:8b'] },
				{ name: 'employee', models: 'standard' },
			],
		},
		channels: [channelView('C0GENERAL'), channelView('C0SALES')],
	};
}

function channelView(channel: string): ChannelView {
	const settings = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, { own: null, company: null, usual: value }]));
	return {
		id: crypto.randomUUID(),
		platform: 'slack',
		tenant: 'T0123',
		channel,
		isGroup: false,
		settings: settings as ChannelView['settings'],
	};
}

/** @param order `channel NAME VALUE`, with `everywhere` behind it for all. */
export function decideInChannel({ channels }: OperatingWorld, id: string, order: string): void {
	const [, name, ...rest] = order.split(' ');
	const isForAll = rest.at(-1) === 'everywhere';
	const value = (isForAll ? rest.slice(0, -1) : rest).join(' ');
	for (const channel of channels.filter((each) => isForAll || each.id === id)) {
		const setting = channel.settings[name as keyof ChannelView['settings']];
		setting[isForAll ? 'company' : 'own'] = value === 'default' ? null : value;
	}
}

export function addOperating(server: FastifyInstance, world: OperatingWorld, root: string): void {
	server.get(`${root}/admin/models`, () => world.standing);
	server.get<{ Querystring: { query: string } }>(`${root}/admin/channels`, ({ query: { query } }) => {
		return { channels: world.channels.filter(({ channel }) => channel.toLowerCase().includes(query.toLowerCase())), hasMore: false };
	});
}
