import type { LibraryModel } from "./model.ts";

/** KafkaJS: a consumer stops when the handlers that run have ended, so none of them can wait for it. */
export const kafkajs: LibraryModel = {
  modules: ["kafkajs"],
  makes: { Kafka: { gives: "Kafka" } },
  resources: {
    Kafka: { methods: { consumer: { gives: "Consumer" } } },
    Consumer: { methods: { stop: { idle: true }, disconnect: { idle: true } } },
  },
};
