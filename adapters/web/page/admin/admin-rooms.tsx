/** The rooms of administrators, with the way from one to another. */

import './admin.css';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../parts/page-context.ts';
import { PlaceLink } from '../parts/place-link.tsx';
import { useAdminWords } from './admin-words.ts';
import { ChannelsRoom } from './channels-room.tsx';
import type { AdminWords } from './english.ts';
import { HealthRoom } from './health-room.tsx';
import { ModelsRoom } from './models-room.tsx';
import { orderRooms } from './order-forms.ts';
import { OrderRoomView } from './order-room.tsx';
import { PeopleRoom } from './people-room.tsx';
import { UsageRoom } from './usage-room.tsx';

type RoomName = keyof AdminWords['rooms'];

/** @param room As the address names it: anything. */
export function AdminRooms({ room }: { room: string }) {
	const { words: page } = usePage();
	const words = useAdminWords();
	const names = Object.keys(words.rooms) as RoomName[];
	const current = names.find((name) => name === room) ?? 'people';
	const title = words.rooms[current];
	const way = useRef<HTMLElement>(null);
	useEffect(() => {
		document.title = `${title} · ${words.title} · ${page.product}`;
		way.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
	}, [title]);
	return (
		<main id="talk" class="talk admin" tabIndex={-1}>
			<header class="talk-header">
				<h1>{title}</h1>
			</header>
			<nav ref={way} class="rooms" aria-label={words.title}>
				{names.map((name) => (
					<PlaceLink key={name} route={{ name: 'admin', room: name }} class="room" isCurrent={name === current} onGo={() => {}}>
						{words.rooms[name]}
					</PlaceLink>
				))}
			</nav>
			<div class="room-body" key={current}>
				<div class="room-column">
					<Room name={current} />
				</div>
			</div>
		</main>
	);
}

function Room({ name }: { name: RoomName }) {
	if (name === 'people') return <PeopleRoom />;
	if (name === 'usage') return <UsageRoom />;
	if (name === 'models') return <ModelsRoom />;
	if (name === 'channels') return <ChannelsRoom />;
	if (name === 'health') return <HealthRoom />;
	return <OrderRoomView room={orderRooms[name]} />;
}
