/*
 * An application as somebody wrote it for Africa's Talking, with npm's
 * ussd-menu-builder, and that knows nothing of us: it serves its menu at /ussd
 * and hears at /events how sessions end.
 *
 * A program of its own. It says its port on the standard output, and behind it
 * every request that it got, a line of JSON each.
 */
'use strict';

const http = require('http');

const UssdMenu = require('ussd-menu-builder');

const sessions = {};

function shop() {
	const menu = new UssdMenu();

	menu.sessionConfig({
		start: (id, done) => {
			sessions[id] = sessions[id] ?? {};
			done();
		},
		end: (id, done) => {
			delete sessions[id];
			done();
		},
		set: (id, key, value, done) => {
			sessions[id][key] = value;
			done();
		},
		get: (id, key, done) => done(null, sessions[id][key]),
	});
	menu.startState({
		run: () => menu.con('Welcome. Choose option:' +
		    '\n1. Show Balance\n2. Buy Airtime\n3. Again'),
		next: { 1: 'showBalance', 2: 'buyAirtime', 3: 'again' },
	});
	menu.state('showBalance', {
		run: () => menu.end(`Your balance is KES 120, ${menu.args.phoneNumber}`),
	});
	menu.state('again', { run: () => menu.goStart(),
	    next: { 1: 'showBalance', 2: 'buyAirtime', 3: 'again' } });
	menu.state('buyAirtime', {
		run: () => menu.con('Enter amount:'),
		next: { '*\\d+': 'buyAirtime.amount' },
	});
	menu.state('buyAirtime.amount', {
		run: async () => {
			await menu.session.set('amount', menu.val);
			menu.con(`Buy ${menu.val}?\n1. Yes\n2. No`);
		},
		next: { 1: 'buyAirtime.done', 2: 'again' },
	});
	menu.state('buyAirtime.done', {
		run: async () => menu.end(
		    `Airtime of ${await menu.session.get('amount')} bought.`),
	});
	return menu;
}

const server = http.createServer((request, response) => {
	let body = '';

	request.on('data', octets => { body += octets; });
	request.on('end', () => {
		const args = Object.fromEntries(new URLSearchParams(body));

		console.log(JSON.stringify({ url: request.url, args,
		    type: request.headers['content-type'] }));
		if (request.url === '/ussd')
			shop().run(args, answer => response.end(answer));
		else
			response.end('OK');
	});
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
