/** What the people of the company said before the visitor came, in Markdown. */

export interface Line {
	/** The person's id. */
	by: string;
	minutesAgo: number;
	text: string;
}

export interface Talk {
	/** The name of the room. */
	room: string;
	root: Line;
	replies: Line[];
}

const alone = (room: string, by: string, minutesAgo: number, text: string): Talk => ({
	room,
	root: { by, minutesAgo, text },
	replies: [],
});

export const talks: readonly Talk[] = [
	alone(
		'general',
		'ana',
		184,
		'La oficina cierra el viernes a las 14:00 por el inventario. Avisad a los clientes que venían por la tarde, por favor.',
	),
	alone('general', 'tom', 171, 'Thanks Ana. The laser cutter will be down for maintenance that day anyway, so nothing lost on our side.'),
	alone(
		'general',
		'priya',
		96,
		'New safety glasses have arrived: **two per person**, in the cupboard next to the entrance. Size M runs small.',
	),
	alone('general', 'lucia', 42, 'Mañana viene Marco Conti, el diseñador que nos ayudará con el catálogo. ¡A recibirlo bien!'),
	{
		room: 'ventas',
		root: {
			by: 'lucia',
			minutesAgo: 150,
			text: 'El Hotel Miramar pide presupuesto para **40 apliques de pared** y 12 lámparas de mesa. Los quieren puestos antes del 20 de diciembre. ¿Llegamos?',
		},
		replies: [
			{
				by: 'tom',
				minutesAgo: 146,
				text: 'The wall lights are fine: we have brass for 45. The table lamps need a new mould, that is 9 working days.',
			},
			{
				by: 'ana',
				minutesAgo: 139,
				text: 'Precio de lista: 86 € el aplique, 140 € la lámpara. Con más de 40 piezas podemos bajar un 8 %, no más.',
			},
			{
				by: 'lucia',
				minutesAgo: 131,
				text: 'Su presupuesto son 5.000 € sin IVA. Con el 8 % nos quedamos en 4.710 €. Les ofrezco eso y la entrega en dos veces.',
			},
			{
				by: 'tom',
				minutesAgo: 128,
				text: 'Two deliveries work for me: wall lights on 9 December, lamps on 18 December. Who pays for the second trip?',
			},
			{ by: 'ana', minutesAgo: 117, text: 'El segundo transporte son 95 €. Falta decidir si lo pagamos nosotros. ¿Lucía?' },
		],
	},
	alone(
		'ventas',
		'ana',
		64,
		'Recordad: los pedidos de más de 3.000 € llevan un **anticipo del 30 %**. Sin anticipo no se lanza la fabricación.',
	),
	alone('ventas', 'lucia', 23, 'La ferretería López pregunta si hacemos tiradores a medida. ¿Alguien tiene los precios del año pasado?'),
	{
		room: 'engineering',
		root: {
			by: 'priya',
			minutesAgo: 125,
			text: 'Milling machine 3 stopped twice today with error `E-417 spindle overload`. Anyone changed the program?',
		},
		replies: [
			{
				by: 'tom',
				minutesAgo: 121,
				text: 'I raised the feed rate from 800 to 1,100 mm/min on Thursday for the Miramar brackets. Both stops were on that part?',
			},
			{ by: 'priya', minutesAgo: 118, text: 'Yes, both on the brackets, both in the deep pocket. Otherwise it runs fine.' },
			{
				by: 'tom',
				minutesAgo: 113,
				text: 'Then let us go back to 800 in the pocket only and keep 1,100 outside. I will change it now.',
			},
			{
				by: 'priya',
				minutesAgo: 104,
				text: 'OK. I also heard a noise from the spindle. Should we ask the supplier to look at the bearing before the big batch?',
			},
			{
				by: 'tom',
				minutesAgo: 99,
				text: 'Good idea. Their technician costs 180 € a visit. Let us decide on Monday if the noise is still there.',
			},
		],
	},
	alone('engineering', 'marco', 71, 'I need photos of the brass finish for the catalogue. Is there a sample I can borrow for two days?'),
	alone('engineering', 'tom', 58, 'Sure, there are three on my desk: polished, brushed and aged. Take all of them.'),
	alone('hotel-miramar', 'jonas', 88, 'The architect asks for the data sheet of the wall light. Is it dimmable?'),
	alone('hotel-miramar', 'lucia', 81, 'Hello Jonas, yes, with a phase-cut dimmer. I will send you the data sheet today.'),
	alone('finanzas', 'ana', 77, 'Cierre de octubre: margen del 23 %, dos puntos más que en septiembre. El detalle, el lunes en la reunión.'),
	alone('feria-milan', 'lucia', 52, 'Feria de Milán: hay que decidir el lunes si vamos con 12 o con 18 metros. ¿Quién viene?'),
	alone('feria-milan', 'tom', 47, 'I can come for the set-up and the first two days. 12 m² are enough if we show only the wall lights.'),
	alone('feria-milan', 'ana', 36, 'El presupuesto da para 12 metros y tres billetes. Lo demás, a cargo de ventas.'),
];
