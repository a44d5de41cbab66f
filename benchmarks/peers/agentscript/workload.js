// The reduced workload of WORKLOAD.md as an agentscript model, as a teacher would write it:
// people are turtles, and every month asks each of them.
//
//     node --random-seed=SEED workload.js PEOPLE HAZARD
//
// prints one JSON object: seconds of the start and of the months, counts of work, monthly tables.
import './no-canvas.js'
// The bundle: the package's own sources import paths that only its web server has.
import { Model, World } from 'agentscript/dist/agentscript2d.js'

const MONTHS = 24
const SHOCK = 12
const HOME = 0
const ATTRACTION = [-5.0, -5.2, -5.4, -5.6, -5.8, -6.0, -6.2]
const TRAVEL = [1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2]
const DESTINATIONS = TRAVEL.length
const RECOGNITION = 0.6
const SHOCKED_RECOGNITION = 0.15
const SHOCKED = 2 // the first two destinations
const TERTIARY = 0.3
const ODDS_OF_WORK = 1.0 // half of those without higher education
const RATIO_TERTIARY = Math.exp(1.0)
const RATIO_OUT_OF_WORK = 1.5
const [SAVINGS, SAVINGS_SPREAD, WEALTH_FLOOR] = [4.0, 0.6, 1.0]
const COMMUNITY = 1000
const [STOCK_WEIGHT, EVERYONE, COST_WEIGHT, BROKER_UTILITY] = [0.3, 0.001, 2.0, 1.5]
const [BROKERS, REACH, FIRST_SHARE, FEE, FEE_SPREAD] = [50, 0.1, 0.4, 1.5, 0.3]
const [PRIOR, PRIOR_WEIGHT, MEMORY] = [0.6, 5.0, 24.0]
const [REVIEW_MONTHS, THRESHOLD, EXPLORE, DESPERATION, GREED] = [3, 0.45, 0.1, 6.0, 4.0]

const table = (rows, columns) => Array.from({ length: rows }, () => new Array(columns).fill(0))
const gumbel = () => -Math.log(-Math.log(1 - Math.random()))
const normal = () =>
    Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())

class Broker {
    constructor() {
        this.price = FEE * Math.exp(FEE_SPREAD * normal())
        this.offers = TRAVEL.map(() => Math.random() < FIRST_SHARE)
        this.positive = new Float64Array(DESTINATIONS)
        this.negative = new Float64Array(DESTINATIONS)
    }
    success(d) {
        const cases = PRIOR_WEIGHT + this.positive[d] + this.negative[d]
        return (PRIOR_WEIGHT * PRIOR + this.positive[d]) / cases
    }
    fade() {
        const kept = Math.exp(-1 / MEMORY)
        for (let d = 0; d < DESTINATIONS; d++) {
            this.positive[d] *= kept
            this.negative[d] *= kept
        }
    }
    review() {
        for (let d = 0; d < DESTINATIONS; d++)
            if (this.offers[d] && this.success(d) < THRESHOLD) this.offers[d] = false
        const idle = !this.offers.includes(true)
        if (Math.random() >= Math.min(1, EXPLORE * (idle ? DESPERATION : 1))) return
        let best = -1
        let bestValue = -Infinity
        for (let d = 0; d < DESTINATIONS; d++) {
            const value = this.offers[d] ? -Infinity : GREED * this.success(d) + gumbel()
            if (value > bestValue) [best, bestValue] = [d, value]
        }
        if (best >= 0) this.offers[best] = true
    }
}

class Workload extends Model {
    constructor(people, hazard) {
        super(World.defaultOptions(0))
        Object.assign(this, { people, hazard })
    }

    setup() {
        const work = odds => odds / (1 + odds)
        const outOfWork =
            TERTIARY * (1 - work(ODDS_OF_WORK * RATIO_TERTIARY)) + (1 - TERTIARY) * (1 - work(ODDS_OF_WORK))
        const base = this.hazard / (1 + (RATIO_OUT_OF_WORK - 1) * outOfWork)
        const chanceAtWork = 1 - Math.exp(-base)
        const chanceOutOfWork = 1 - Math.exp(-base * RATIO_OUT_OF_WORK)
        this.turtles.create(this.people, t => {
            const odds = ODDS_OF_WORK * (Math.random() < TERTIARY ? RATIO_TERTIARY : 1)
            t.place = HOME
            t.chance = Math.random() < work(odds) ? chanceAtWork : chanceOutOfWork
            t.savings = SAVINGS * Math.exp(SAVINGS_SPREAD * normal())
            t.community = Math.floor(t.id / COMMUNITY)
        })
        const communities = Math.ceil(this.people / COMMUNITY)
        this.abroad = table(communities, DESTINATIONS)
        this.common = table(communities, DESTINATIONS)
        this.cheapest = table(communities, DESTINATIONS)
        this.brokers = Array.from({ length: BROKERS }, () => new Broker())
        this.serving = this.abroad.map(() => this.brokers.filter(() => Math.random() < REACH))
        this.pending = []
        this.weights = new Float64Array(DESTINATIONS)
        const places = DESTINATIONS + 1
        this.tables = {
            moves: Array.from({ length: MONTHS }, () => table(places, places)),
            stock: table(MONTHS, places),
            clients: table(MONTHS, DESTINATIONS),
            offers: table(MONTHS, DESTINATIONS),
            considerations: new Array(MONTHS).fill(0),
            success: new Array(MONTHS).fill(0),
        }
    }

    /// What everybody in a community has in common: the utility of going, the cheapest broker.
    lookAround() {
        const all = new Array(DESTINATIONS).fill(0)
        for (const row of this.abroad) row.forEach((people, d) => (all[d] += people))
        for (let c = 0; c < this.abroad.length; c++) {
            for (let d = 0; d < DESTINATIONS; d++) {
                const stock = this.abroad[c][d] + EVERYONE * all[d]
                this.common[c][d] = ATTRACTION[d] + STOCK_WEIGHT * Math.log1p(stock)
                let best = null
                for (const broker of this.serving[c])
                    if (broker.offers[d] && (best === null || broker.price < best.price)) best = broker
                this.cheapest[c][d] = best
            }
        }
    }

    /// Logit over staying (-1) and the destinations.
    choose(person) {
        const common = this.common[person.community]
        const cheapest = this.cheapest[person.community]
        const perCoin = COST_WEIGHT / Math.max(person.savings, WEALTH_FLOOR)
        let sum = 1
        for (let d = 0; d < DESTINATIONS; d++) {
            const helped = cheapest[d] === null ? 0 : BROKER_UTILITY - perCoin * cheapest[d].price
            const utility = common[d] - perCoin * TRAVEL[d] + Math.max(helped, 0)
            sum += this.weights[d] = Math.exp(utility)
        }
        let left = Math.random() * sum
        for (let d = 0; d < DESTINATIONS; d++) {
            left -= this.weights[d]
            if (left < 0) return d
        }
        return -1
    }

    depart(person, d) {
        const month = this.ticks
        let broker = this.cheapest[person.community][d]
        const perCoin = COST_WEIGHT / Math.max(person.savings, WEALTH_FLOOR)
        if (broker !== null && BROKER_UTILITY - perCoin * broker.price <= 0) broker = null
        const cost = TRAVEL[d] + (broker === null ? 0 : broker.price)
        person.savings -= Math.min(cost, person.savings)
        person.place = d + 1
        this.abroad[person.community][d]++
        this.tables.moves[month][HOME][d + 1]++
        if (broker !== null) this.tables.clients[month][d]++
        this.leaving.push({ person, d, broker })
    }

    decide() {
        const month = this.ticks
        for (const { person, d, broker } of this.pending) {
            const shocked = month >= SHOCK && d < SHOCKED
            const recognised = Math.random() < (shocked ? SHOCKED_RECOGNITION : RECOGNITION)
            if (broker !== null) (recognised ? broker.positive : broker.negative)[d]++
            if (recognised) continue
            person.place = HOME
            this.abroad[person.community][d]--
            this.tables.moves[month][d + 1][HOME]++
        }
        this.pending = this.leaving
    }

    report() {
        const month = this.ticks
        const stock = this.tables.stock[month]
        for (const row of this.abroad) row.forEach((people, d) => (stock[d + 1] += people))
        stock[HOME] = this.people - stock.reduce((sum, people) => sum + people)
        let [products, success] = [0, 0]
        for (const broker of this.brokers) {
            for (let d = 0; d < DESTINATIONS; d++) {
                if (!broker.offers[d]) continue
                this.tables.offers[month][d]++
                products++
                success += broker.success(d)
            }
        }
        this.tables.success[month] = products === 0 ? 0 : success / products
    }

    step() {
        this.brokers.forEach((broker, i) => {
            broker.fade()
            if ((this.ticks + i) % REVIEW_MONTHS === 0) broker.review()
        })
        this.lookAround()
        this.leaving = []
        let considerations = 0
        this.turtles.ask(t => {
            if (t.place !== HOME || Math.random() >= t.chance) return
            considerations++
            const d = this.choose(t)
            if (d >= 0) this.depart(t, d)
        })
        this.decide()
        this.tables.considerations[this.ticks] = considerations
        this.report()
    }
}

const [people, hazard] = process.argv.slice(2).map(Number)
const begin = performance.now()
const model = new Workload(people, hazard)
model.setup()
const middle = performance.now()
for (let month = 0; month < MONTHS; month++) model.step()
const end = performance.now()
process.stdout.write(
    JSON.stringify({
        start_s: (middle - begin) / 1000,
        months_s: (end - middle) / 1000,
        person_months: people * MONTHS,
        decisions: model.tables.considerations.reduce((a, b) => a + b),
        tables: model.tables,
    })
)
