/** The channels that know the bot, and what holds in each: seen, and decided by the orders that are typed there. */

import { useEffect, useState } from 'preact/hooks';
import type { ChannelView } from '#src/api/contract/operating.ts';
import { usePage } from '../parts/page-context.ts';
import { ApiProblem, type ShownChannels } from '../state/api-client.ts';
import { useAdminWords } from './admin-words.ts';
import { type SettingName, settingForms } from './channel-form.ts';
import { ChannelSettingsView } from './channel-settings-view.tsx';
import { Pages } from './pages.tsx';

/** Faster than this nobody types an id. */
const searchAfterMs = 250;

export function ChannelsRoom() {
	const { chat, words: page } = usePage();
	const words = useAdminWords();
	const [query, setQuery] = useState('');
	const [number, setNumber] = useState(0);
	const [times, setTimes] = useState(0);
	const [shown, setShown] = useState<ShownChannels | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const [openId, setOpenId] = useState<string | null>(null);
	useEffect(() => {
		let isOver = false;
		const read = async () => {
			try {
				const channels = await chat.api.listChannels(query, number);
				if (!isOver) setShown(channels);
				if (!isOver) setProblem(null);
			} catch (thrown) {
				if (!isOver) setProblem((thrown instanceof ApiProblem && thrown.message) || page.line.trouble);
			}
		};
		const timer = setTimeout(() => void read(), query === '' ? 0 : searchAfterMs);
		return () => {
			isOver = true;
			clearTimeout(timer);
		};
	}, [query, number, times]);
	const open = shown?.channels.find(({ id }) => id === openId);
	if (open !== undefined)
		return <ChannelSettingsView channel={open} onChanged={() => setTimes((count) => count + 1)} onBack={() => setOpenId(null)} />;
	return (
		<>
			<p class="hint">{words.channels.about}</p>
			<input
				type="search"
				class="people-search"
				maxLength={200}
				placeholder={words.channels.search}
				aria-label={words.channels.search}
				value={query}
				onInput={(event) => {
					setNumber(0);
					setQuery(event.currentTarget.value);
				}}
			/>
			{problem !== null && <p role="status">{problem}</p>}
			{shown === null && problem === null && <p class="hint">{words.loading}</p>}
			{shown?.channels.length === 0 && <p role="status">{words.channels.none}</p>}
			{shown !== null && shown.channels.length > 0 && <ChannelTable channels={shown.channels} onOpen={setOpenId} />}
			{shown !== null && <Pages number={number} hasMore={shown.hasMore} onNumber={setNumber} />}
		</>
	);
}

function ChannelTable({ channels, onOpen }: { channels: readonly ChannelView[]; onOpen(id: string): void }) {
	const { words: page } = usePage();
	const { channels: words, rooms } = useAdminWords();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
		<section class="grid-frame" tabIndex={0} aria-label={rooms.channels}>
			<table>
				<thead>
					<tr>
						{Object.entries(words.columns).map(([name, label]) => (
							<th key={name} scope="col">
								{label}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{channels.map(({ id, platform, tenant, channel, isGroup, settings }) => (
						<tr key={id}>
							<th scope="row" class="long-name">
								<button type="button" aria-label={words.openOf(channel)} onClick={() => onOpen(id)}>
									{channel}
								</button>
							</th>
							<td>
								{page.places[platform] ?? platform} <span class="hint">{isGroup ? `${tenant}, ${words.group}` : tenant}</span>
							</td>
							<td>{decidedIn(settings, words.settings) || <span class="hint">{words.nothingDecided}</span>}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function decidedIn(settings: ChannelView['settings'], names: Readonly<Record<SettingName, string>>): string {
	const decided = settingForms.filter(({ name }) => settings[name].own !== null || settings[name].company !== null);
	return decided.map(({ name }) => names[name]).join(' · ');
}
