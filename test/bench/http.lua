-- What wrk sends to log letters: a body with one of the IDs of a file, the
-- headers of a session, a request key of its own each time.
--	wrk -s http.lua URL -- IDS COOKIE TOKEN SALT REST
-- REST: milliseconds between two requests of a connection.
local thread_count = 0

function setup(thread)
	thread_count = thread_count + 1
	thread:set("number", thread_count)
end

function init(args)
	ids = {}
	for line in io.lines(args[1]) do
		ids[#ids + 1] = line
	end
	headers = {
		["Content-Type"] = "application/json",
		["Cookie"] = args[2],
		["Mailroom-Token"] = args[3],
	}
	salt = args[4]
	rest = tonumber(args[5])
	sent = 0
	math.randomseed(number * 7919)
end

function delay()
	return rest
end

function request()
	sent = sent + 1
	headers["Mailroom-Request"] = salt .. "-" .. number .. "-" .. sent
	return wrk.format("POST", "/api/letter/receive", headers,
		'{"id":"' .. ids[math.random(#ids)] .. '","sheets":3}')
end

function done(summary, latency, requests)
	io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests,
		summary.duration, latency:percentile(50),
		latency:percentile(99),
		summary.errors.connect + summary.errors.read +
		summary.errors.write, summary.errors.status,
		summary.errors.timeout))
end
