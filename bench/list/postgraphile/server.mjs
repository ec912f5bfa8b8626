// PostGraphile over the benchmark's database, as its own documentation sets it up: the Amber preset, the connection filter plugin,
// production mode. It tells its address on standard output and ends with its standard input.
import { createServer } from "node:http";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { jsonPgSmartTags } from "postgraphile/utils";

// The schema's foreign keys hold plan, location and currency together. These say the same relations by one column each, so that
// PostGraphile joins them as everybody else here does.
const relations = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      invitations: {
        tags: {
          foreignKey: [
            "(plan_id) references plans (id)|@fieldName plan",
            "(location_id) references locations (id)|@fieldName location",
            "(insurance_plan_id) references insurance_plans (id)|@fieldName insurancePlan",
          ],
        },
        constraint: { invitations_tenant_id_fkey: { tags: { fieldName: "tenant" } } },
      },
      subscriptions: { tags: { name: "stripe_subscriptions" } }, // GraphQL has a Subscription of its own
    },
  },
});

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [relations],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ["public"],
      poolConfig: { max: Number(process.env.CONNECTIONS) },
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
};

const instance = postgraphile(preset);
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
process.stdin.on("end", () => process.exit(0)).resume();
