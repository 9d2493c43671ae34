/** The company that the visitor works for, the same on every platform: its people and where they talk. */

import type { Person, Place } from './wire.ts';

export const companyName = 'Talleres Aurora';

export const people: readonly Person[] = [
	{ id: 'lucia', name: 'Lucía Ferrer', title: 'Ventas', locale: 'es-ES', standing: 'employee' },
	{ id: 'tom', name: 'Tom Baker', title: 'Engineering', locale: 'en-GB', standing: 'employee' },
	{ id: 'ana', name: 'Ana Ruiz', title: 'Administradora', locale: 'es-ES', standing: 'admin' },
	{ id: 'priya', name: 'Priya Nair', title: 'Operations', locale: 'en-US', standing: 'employee' },
	{ id: 'marco', name: 'Marco Conti', title: 'Freelance designer', locale: 'en-GB', standing: 'guest' },
	{ id: 'jonas', name: 'Jonas Weber', title: 'Hotel Miramar', locale: 'en-GB', standing: 'external' },
];

export interface Room {
	name: string;
	kind: Exclude<Place['kind'], 'direct'>;
	topic: string;
	members: readonly string[];
	/** Shared with another company. */
	isShared: boolean;
}

export const rooms: readonly Room[] = [
	room('general', 'public', 'Lo que nos importa a todos · What concerns us all', ['lucia', 'tom', 'ana', 'priya']),
	room('ventas', 'public', 'Presupuestos, clientes, plazos', ['lucia', 'tom', 'ana', 'priya']),
	room('engineering', 'public', 'Machines, drawings, prototypes', ['tom', 'priya', 'lucia', 'marco']),
	{ ...room('hotel-miramar', 'public', 'Shared with Hotel Miramar', ['lucia', 'tom', 'jonas']), isShared: true },
	room('finanzas', 'private', 'Solo dirección y administración', ['ana', 'lucia']),
	room('feria-milan', 'group', 'Feria de Milán 2027', ['lucia', 'tom', 'ana']),
];

function room(name: string, kind: Room['kind'], topic: string, members: readonly string[]): Room {
	return { name, kind, topic, members, isShared: false };
}
