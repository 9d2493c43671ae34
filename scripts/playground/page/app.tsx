/** The whole page: connects, finds out who looks, and lays the parts side by side. */

import { useEffect, useState } from 'preact/hooks';
import type { Channel, View } from '../wire.ts';
import { Announcer } from './announcer.tsx';
import { Conversation } from './conversation.tsx';
import { Hint } from './hint.tsx';
import { Icon } from './icons.tsx';
import { BotChip, ModelChip, Panel } from './panel.tsx';
import { aboutOf, isBot } from './selectors.ts';
import { Sidebar } from './sidebar.tsx';
import { StageContext, useStage } from './stage.ts';
import { Thread } from './thread.tsx';
import { type Outcome, useLiveView, useStageState, useUnread } from './use-stage-state.ts';

/** Below this width the panel would leave too little room for the conversation, so it starts closed. */
const panelFromPixels = 1360;
const hintKey = 'openccb-playground-hint';

interface OpenThread {
	channelId: string;
	threadTs: string;
}

export function App() {
	const [personId, setPersonId] = useState<string | null>(null);
	const [thread, setThread] = useState<OpenThread | null>(null);
	const [outcome, setOutcome] = useState<Outcome>('done');
	const { view, isConnected } = useLiveView(personId);
	const stage = useStageState({
		view,
		openThread: (channelId, threadTs) => setThread({ channelId, threadTs }),
		onOutcome: setOutcome,
	});
	const locale = stage?.me.locale ?? 'en';
	useEffect(() => {
		document.documentElement.lang = locale;
	}, [locale]);
	if (stage === null) return <p class="loading">OpenCCB</p>;
	const problemOf = { done: null, unanswered: stage.words.unanswered, failed: stage.words.failed };
	const problem = isConnected ? problemOf[outcome] : stage.words.disconnected;
	return (
		<StageContext.Provider value={stage}>
			<Workspace thread={thread} setThread={setThread} onPerson={setPersonId} problem={problem} />
			<Announcer />
		</StageContext.Provider>
	);
}

interface WorkspaceProps {
	thread: OpenThread | null;
	setThread: (thread: OpenThread | null) => void;
	onPerson: (personId: string) => void;
	problem: string | null;
}

function Workspace({ thread, setThread, onPerson, problem }: WorkspaceProps) {
	const { view, me, run } = useStage();
	const [channelId, setChannelId] = useState<string | null>(null);
	const [isPanelOpen, setIsPanelOpen] = useState(() => window.innerWidth >= panelFromPixels);
	const [hasHint, setHasHint] = useState(() => localStorage.getItem(hintKey) === null);
	const channel = view.channels[channelId ?? ''] ?? firstChannel(view);
	const unread = useUnread(view, channel?.id ?? null);
	if (channel === null) return null;

	const goTo = (id: string) => {
		setChannelId(id);
		setThread(null);
		if (isBot(view, view.channels[id]?.otherId ?? '')) run('open-messages-tab', {});
	};
	const become = (personId: string) => {
		setThread(null);
		onPerson(personId);
	};
	const closeHint = () => {
		localStorage.setItem(hintKey, 'seen');
		setHasHint(false);
	};
	const hasThread = thread !== null && view.channels[thread.channelId] !== undefined;
	return (
		<div class={`page ${hasThread ? 'with-thread' : ''} ${isPanelOpen ? 'with-panel' : ''}`}>
			<Sidebar channelId={channel.id} unread={unread} onChannel={goTo} onPerson={become} />
			<Conversation
				key={`${me.id}/${channel.id}`}
				channel={channel}
				tools={<Tools isPanelOpen={isPanelOpen} onPanel={() => setIsPanelOpen(!isPanelOpen)} />}
				hint={
					<>
						{problem !== null && (
							<p class="problem" role="alert">
								{problem}
							</p>
						)}
						{hasHint && <Hint onGo={goTo} onClose={closeHint} />}
					</>
				}
			/>
			{hasThread && <Thread {...thread} onClose={() => setThread(null)} />}
			{isPanelOpen && <Panel onClose={() => setIsPanelOpen(false)} />}
		</div>
	);
}

function Tools({ isPanelOpen, onPanel }: { isPanelOpen: boolean; onPanel: () => void }) {
	const { view, words } = useStage();
	const about = aboutOf(view);
	if (about === null) return null;
	return (
		<div class="tools">
			{!isPanelOpen && about.bot.phase !== 'running' && <BotChip about={about} />}
			{!isPanelOpen && <ModelChip about={about} />}
			<button
				type="button"
				class="icon-button"
				aria-pressed={isPanelOpen}
				aria-label={words.showPanel}
				title={words.showPanel}
				onClick={onPanel}
			>
				<Icon name="panel" />
			</button>
		</div>
	);
}

function firstChannel(view: View): Channel | null {
	return Object.values(view.channels).find(({ otherId }) => otherId === null) ?? null;
}
