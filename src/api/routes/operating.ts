/** What administrators see of models and channels on the page. */

import type { ListedChannel } from '../../administration/channel-list.ts';
import type { ModelStanding } from '../../administration/model-standing.ts';
import { channelSettings, type StandardSettings } from '../../commands/channel-settings.ts';
import type { RequireAdministrator } from '../administrator-gate.ts';
import { type ChannelView, listChannels, type ModelStandingView, readModels } from '../contract/operating.ts';
import { type ServedRoute, serve } from '../serve.ts';

export function operatingRoutes(requireAdministrator: RequireAdministrator): ServedRoute[] {
	return [
		serve(readModels, async (asking) => {
			await requireAdministrator(asking, readModels);
			return modelView(await asking.services.modelStandings.read(asking.caller.person));
		}),

		serve(listChannels, async ({ query: { query = '', page = 0 }, ...asking }) => {
			await requireAdministrator(asking, listChannels);
			const { channels: list, standardSettings, platforms } = asking.services;
			const { channels, hasMore } = await list.read(asking.caller.person, { query, page, platforms: [...platforms.keys()] });
			const standard = standardSettings();
			return { channels: channels.map((channel) => channelView(channel, standard)), hasMore };
		}),
	];
}

function modelView({ hosts, running, roles, offered, lastEnded, ...standing }: ModelStanding): ModelStandingView {
	return {
		...standing,
		offered: [...offered],
		hosts: hosts.map(({ models, ...host }) => ({
			...host,
			models: models === null ? null : models.map(({ name, sizeBytes, loaded }) => ({ name, sizeBytes, loaded })),
		})),
		running: [...running],
		lastEnded,
		roles: roles.map(({ name, models }) => ({ name, models: Array.isArray(models) ? [...models] : (models as 'standard' | null) })),
	};
}

function channelView(channel: ListedChannel, standard: StandardSettings): ChannelView {
	const { platform, tenantId, channelId, kind } = channel.place;
	const settings = channelSettings(channel, standard);
	return { id: channel.id, platform, tenant: tenantId, channel: channelId, isGroup: kind === 'group', settings };
}
