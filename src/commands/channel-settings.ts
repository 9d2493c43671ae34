/** What holds in a channel, in the words that are typed behind `channel` to decide it. Pure. */

import type { ListedChannel } from '../administration/channel-list.ts';
import { type RuleName, type StoredRules, standardRules } from '../rules/place-rules.ts';
import { clockTime } from '../rules/quiet-hours.ts';

/** What the settings of the installation say where nobody decided. */
export interface StandardSettings {
	ingest: 'on' | 'off' | 'ask';
	knowledge: 'only' | 'prefer' | 'off';
	model: string;
}

export interface ChannelSetting {
	/** What was decided for the channel; null where nothing was. */
	own: string | null;
	/** What was decided for all channels of its tenant; null where nothing was, or cannot be. */
	company: string | null;
	/** What holds without either. */
	usual: string;
}

/** By what is typed behind `channel`. */
export type ChannelSettings = Record<
	'mode' | 'model' | 'locale' | 'knowledge' | 'ingest' | 'quiet' | 'budget' | 'retention' | 'stale' | 'digest',
	ChannelSetting
>;

const off = 'off';

export function channelSettings(channel: ListedChannel, standard: StandardSettings): ChannelSettings {
	const { own, company } = channel;
	const ofRule = (name: RuleName): ChannelSetting => ({
		own: writtenRule(name, own),
		company: writtenRule(name, company),
		usual: writtenRule(name, standardRules) ?? off,
	});
	const ofChannel = (decided: string | null | undefined, usual: string): ChannelSetting => ({ own: decided ?? null, company: null, usual });
	return {
		mode: ofRule('mode'),
		model: ofChannel(channel.model, standard.model),
		locale: ofRule('language'),
		knowledge: ofChannel(channel.knowledge, standard.knowledge),
		ingest: ofChannel(channel.ingest, standard.ingest),
		quiet: ofRule('quiet'),
		budget: ofRule('tokensPerDay'),
		retention: ofRule('keepDays'),
		stale: ofChannel(channel.staleAfterDays?.toString(), off),
		digest: ofChannel(channel.digest === 'private' ? 'on' : channel.digest, off),
	};
}

/** Null where nothing is said. */
function writtenRule(name: RuleName, rules: StoredRules): string | null {
	const value = rules[name];
	if (value === undefined) return null;
	if (value === null) return off;
	if (value === 'en' || value === 'es') return value === 'en' ? 'english' : 'spanish';
	if (typeof value !== 'object') return String(value);
	return [`${clockTime(value.from)}-${clockTime(value.to)}`, ...(value.zone === null ? [] : [value.zone])].join(' ');
}
