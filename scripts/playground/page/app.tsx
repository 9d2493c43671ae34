/** The whole page: connects, finds out who looks, and lays the platforms side by side. */

import { useEffect, useState } from 'preact/hooks';
import type { Message, Place, Platform, View } from '../wire.ts';
import { Announcer } from './announcer.tsx';
import { Hint, type Target } from './hint.tsx';
import { PlatformPane } from './pane.tsx';
import { Panel } from './panel.tsx';
import { aboutOf, placesOf } from './selectors.ts';
import { type Pointed, StageContext, useStage } from './stage.ts';
import { Tabs } from './tabs.tsx';
import { TopBar } from './top-bar.tsx';
import { type Acting, type Outcome, useActing } from './use-acting.ts';
import type { AttachedFile } from './use-attachment.ts';
import { useLiveView } from './use-live-view.ts';
import { useMedia } from './use-media.ts';

/** From this width on the panel has room of its own beside three platforms, so it starts open. */
const panelFromPixels = 1680;
/** From this width on three platforms fit side by side. */
const sideBySide = '(min-width: 1200px)';
const hintKey = 'openccb-playground-hint';

/** Where the person is on one platform. */
interface Whereabouts {
	placeId?: string;
	threadId?: string | null;
	/** Until they go on. */
	pointed?: Pointed | null;
}

export function App() {
	const [personId, setPersonId] = useState<string | null>(null);
	const [outcome, setOutcome] = useState<Outcome>('done');
	const [where, setWhere] = useState<Readonly<Partial<Record<Platform, Whereabouts>>>>({});
	const [tab, setTab] = useState<Platform>('slack');
	const { view, isConnected } = useLiveView(personId);
	const move = (platform: Platform, change: Whereabouts) =>
		setWhere((before) => ({ ...before, [platform]: { ...before[platform], pointed: null, ...change } }));
	const goTo = ({ platform, placeId, threadId, id }: Message) => {
		move(platform, { placeId, threadId, pointed: { messageId: id } });
		setTab(platform);
	};
	const able = useActing(view, { onOutcome: setOutcome, onThread: (platform, threadId) => move(platform, { threadId }) });
	const locale = able?.stage.me.locale ?? 'en';
	useEffect(() => {
		document.documentElement.lang = locale;
	}, [locale]);
	if (able === null) return <p class="loading">OpenCCB</p>;
	const { words } = able.stage;
	const problem = isConnected
		? { done: null, form: words.formOpened, unanswered: words.unanswered, refused: words.refused, failed: words.failed }[outcome]
		: words.disconnected;
	const become = (id: string) => {
		setWhere((before) => Object.fromEntries(Object.entries(before).map(([platform, { placeId }]) => [platform, { placeId }])));
		setPersonId(id);
	};
	return (
		<StageContext.Provider value={{ ...able.stage, goTo }}>
			<Page acting={able.acting} where={where} move={move} tab={tab} onTab={setTab} onPerson={become} problem={problem} />
			<Announcer key={able.stage.me.id} />
		</StageContext.Provider>
	);
}

interface PageProps {
	acting: Acting;
	where: Readonly<Partial<Record<Platform, Whereabouts>>>;
	move(platform: Platform, change: Whereabouts): void;
	/** The platform to be seen where there is room for one. */
	tab: Platform;
	onTab(platform: Platform): void;
	onPerson(personId: string): void;
	problem: string | null;
}

function Page({ acting, where, move, tab, onTab, onPerson, problem }: PageProps) {
	const { view, say, run } = useStage();
	const [isPanelOpen, setIsPanelOpen] = useState(() => window.innerWidth >= panelFromPixels);
	const [hasHint, setHasHint] = useState(() => localStorage.getItem(hintKey) === null);
	const isWide = useMedia(sideBySide);
	const places = (aboutOf(view)?.platforms ?? []).flatMap((platform) => placeAt(view, platform, where[platform]?.placeId) ?? []);
	const goTo = ({ platform, id, kind }: Place) => {
		move(platform, { placeId: id, threadId: null });
		if (kind === 'direct') run('open', { platform, placeId: id });
	};
	const closeHint = () => {
		localStorage.setItem(hintKey, 'seen');
		setHasHint(false);
	};
	const ask = (text: string, targets: readonly Target[], file?: AttachedFile) => {
		for (const target of targets.map((one) => writable(view, one))) {
			const { place, ...about } = target;
			const { platform, id, kind } = place;
			move(platform, { placeId: id, threadId: null });
			say({ platform, placeId: id, text: kind === 'direct' ? text : `@OpenCCB ${text}`, ...about, file: file ?? null });
		}
	};
	return (
		<div class={`page ${isPanelOpen ? 'with-panel' : ''}`}>
			<TopBar
				onPerson={onPerson}
				onAsk={(text) =>
					ask(
						text,
						places.map((place) => ({ place })),
					)
				}
				isPanelOpen={isPanelOpen}
				onPanel={() => setIsPanelOpen(!isPanelOpen)}
			/>
			{problem !== null && (
				<p class="problem" role="alert">
					{problem}
				</p>
			)}
			{hasHint && <Hint onAsk={ask} onClose={closeHint} />}
			{!isWide && <Tabs platforms={places.map(({ platform }) => platform)} current={tab} onChoose={onTab} />}
			<div class="panes">
				{places.map((place) => (
					<PlatformPane
						key={place.platform}
						place={place}
						threadId={where[place.platform]?.threadId ?? null}
						pointed={where[place.platform]?.pointed ?? null}
						acting={acting}
						isHidden={!isWide && tab !== place.platform}
						isTab={!isWide}
						onPlace={goTo}
						onThread={(threadId) => move(place.platform, { threadId })}
					/>
				))}
			</div>
			{isPanelOpen && <Panel places={places} onClose={() => setIsPanelOpen(false)} />}
		</div>
	);
}

/** Who may only read in a place writes to the bot directly. */
function writable(view: View, target: Target): Target {
	const direct = placesOf(view, target.place.platform).find(({ kind }) => kind === 'direct');
	return target.place.isReadOnly && direct !== undefined ? { place: direct } : target;
}

/** Where the person is, or the first place of the platform when they cannot be there. */
function placeAt(view: View, platform: Platform, placeId: string | undefined): Place | null {
	const places = placesOf(view, platform);
	return places.find(({ id }) => id === placeId) ?? places.find(({ kind }) => kind === 'public') ?? places[0] ?? null;
}
