/** The signs of the page, drawn with one pen: not every system has letters for them. What they mean is said beside them. */

const shapes = {
	menu: 'M4 7h16M4 12h16M4 17h16',
	close: 'M6 6l12 12M18 6L6 18',
	write: 'M12 20h8M16.500 4.500a2 2 0 0 1 3 3L8 19l-4 1 1-4z',
	search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.500 15.500L20 20',
	more: 'M4.500 12a1 1 0 1 0 2 0 1 1 0 0 0-2 0M11 12a1 1 0 1 0 2 0 1 1 0 0 0-2 0M17.500 12a1 1 0 1 0 2 0 1 1 0 0 0-2 0',
	pin: 'M12 15v6M8 4h8l-1 6 3 3v2H6v-2l3-3z',
	box: 'M4 5h16v4H4zM6 9v10h12V9M10 13h4',
	bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5',
	save: 'M12 4v11M7.500 11L12 15.500 16.500 11M5 20h14',
	open: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
	copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
	done: 'M5 12.500l5 5L19 7.500',
	again: 'M19 12a7 7 0 1 1-2-5l2 2M19 4v5h-5',
	up: 'M7 11v9M7 11l4-7c1.500 0 2.300 1 2 2.500L12.500 10H18c1.200 0 2 1 1.700 2.200l-1.500 6C18 19.300 17.200 20 16 20H4v-9h3',
	left: 'M14.500 6l-6 6 6 6',
	right: 'M9.500 6l6 6-6 6',
	send: 'M12 19V6M6.500 11.500L12 6l5.500 5.500',
	stop: 'M8 8h8v8H8z',
	down: 'M12 5v13M6.500 12.500L12 18l5.500-5.500',
	gear: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
	leave: 'M14 4H5v16h9M10 12h10M16.500 8.500L20 12l-3.500 3.500',
	clip: 'M19 11.500l-7 7a4.500 4.500 0 0 1-6.400-6.400L13 4.800a3 3 0 0 1 4.300 4.300l-7.200 7.200a1.500 1.500 0 0 1-2.200-2.100L14.500 7.700',
	talk: 'M5 5h14v11h-7l-4 4v-4H5z',
	people:
		'M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3.500 19c0-3 2.500-5 5.500-5s5.500 2 5.500 5M15.500 5.300a3 3 0 0 1 0 5.400M17 14.300c2 .700 3.500 2.400 3.500 4.700',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, isTurned = false }: { name: IconName; isTurned?: boolean }) {
	return (
		<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
			<path d={shapes[name]} transform={isTurned ? 'rotate(180 12 12)' : undefined} />
		</svg>
	);
}
