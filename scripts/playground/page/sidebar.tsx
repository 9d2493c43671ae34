/** The left side: the workspace, who one speaks as, and where one can go. */

import type { ComponentChildren } from 'preact';
import type { Channel, Person } from '../wire.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { aboutOf, botChannelOf, isBot, nameOf } from './selectors.ts';
import { useStage } from './stage.ts';
import type { Words } from './words.ts';

interface SidebarProps {
	channelId: string | null;
	unread: ReadonlySet<string>;
	onChannel: (channelId: string) => void;
	onPerson: (personId: string) => void;
}

export function Sidebar({ channelId, unread, onChannel, onPerson }: SidebarProps) {
	const { view, words } = useStage();
	const channels = Object.values(view.channels);
	const named = channels.filter(({ otherId }) => otherId === null);
	const people = channels.filter(({ otherId }) => otherId !== null && !isBot(view, otherId));
	const bot = botChannelOf(view);
	const entry = (channel: Channel, face: ComponentChildren) => (
		<Entry
			key={channel.id}
			name={channel.otherId === null ? channel.name : nameOf(view, channel.otherId)}
			face={face}
			isCurrent={channel.id === channelId}
			isUnread={unread.has(channel.id)}
			onOpen={() => onChannel(channel.id)}
		/>
	);
	return (
		<nav class="sidebar" aria-label={aboutOf(view)?.workspaceName}>
			<div class="workspace">
				<span class="workspace-sign" aria-hidden="true">
					TA
				</span>
				<strong>{aboutOf(view)?.workspaceName}</strong>
			</div>
			<PersonSwitcher onPerson={onPerson} />
			<div class="places">
				<h2>{words.apps}</h2>
				<ul>{bot !== null && entry(bot, <Avatar id="" name="" isBot />)}</ul>
				<h2>{words.channels}</h2>
				<ul>{named.map((channel) => entry(channel, <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} />))}</ul>
				{people.length > 0 && <h2>{words.directMessages}</h2>}
				<ul>
					{people.map((channel) =>
						entry(channel, <Avatar id={channel.otherId ?? ''} name={nameOf(view, channel.otherId ?? '')} isBot={false} />),
					)}
				</ul>
			</div>
		</nav>
	);
}

interface EntryProps {
	name: string;
	face: ComponentChildren;
	isCurrent: boolean;
	isUnread: boolean;
	onOpen: () => void;
}

function Entry({ name, face, isCurrent, isUnread, onOpen }: EntryProps) {
	return (
		<li>
			<button type="button" class={isUnread ? 'unread' : ''} aria-current={isCurrent ? 'page' : undefined} onClick={onOpen}>
				{face}
				<span>{name}</span>
			</button>
		</li>
	);
}

function PersonSwitcher({ onPerson }: { onPerson: (personId: string) => void }) {
	const { view, words, me } = useStage();
	return (
		<label class="switcher">
			<span>{words.speakingAs}</span>
			<span class="switcher-face">
				<Avatar id={me.id} name={me.name} isBot={false} />
				<span>
					<strong>{me.name}</strong>
					<small>
						{me.locale} · {me.standing === 'employee' ? me.title : standingName(me, words)}
					</small>
				</span>
			</span>
			<select
				value={me.id}
				aria-label={words.speakingAs}
				title={words.switchPerson}
				onChange={(event) => onPerson(event.currentTarget.value)}
			>
				{Object.values(view.people).map((person) => (
					<option key={person.id} value={person.id}>
						{[person.name, person.locale, standingName(person, words)].filter(Boolean).join(' · ')}
					</option>
				))}
			</select>
		</label>
	);
}

function standingName({ standing }: Person, words: Words): string {
	return { employee: '', guest: words.guest, external: words.external }[standing];
}
